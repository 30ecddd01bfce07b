namespace MacSegmentation.Providers;

/// <summary>A provider: a service that answers devices from blocks of addresses that were delegated to it.</summary>
public sealed record MacProvider
{
    /// <summary>The record's number in its store.</summary>
    public long ProviderId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Share of free addresses of a VLAN, in per cent of those in its blocks, below which it fetches another block: 0 to 100.</summary>
    public int LowWater { get; init; } = 20;

    /// <summary>Number of addresses in a block that it fetches, 1 or more.</summary>
    public long BlockSize { get; init; } = 4096;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last reached the shared store; null if it never did.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>
    /// Identity of the store of its own that it answers from; empty until it first reached the shared store. Two stores that give out the same blocks would
    /// give addresses two owners.
    /// </summary>
    public string ReplicaId { get; init; } = string.Empty;

    /// <summary>
    /// What the provider's store and the shared one drew together when its process last entered; empty before. Whoever enters from a copy of that store, or from an older one, is known by it.
    /// </summary>
    public string Generation { get; init; } = string.Empty;

    /// <summary>Where it answers devices, as it said itself; empty if it never did.</summary>
    public string Uri { get; init; } = string.Empty;
}
