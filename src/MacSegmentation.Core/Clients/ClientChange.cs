namespace MacSegmentation.Clients;

/// <summary>What changes at a client of the provider service; what is null stays.</summary>
public sealed record ClientChange
{
    /// <summary>The VLANs that it may use; none for all.</summary>
    public IReadOnlyList<int>? VlanId { get; init; }

    /// <summary>What it may do.</summary>
    public ClientScopes? Scope { get; init; }

    /// <summary>The group with which it shares what it registers from now on; empty for none.</summary>
    public string? Group { get; init; }

    /// <summary>The most addresses that it, or its group, may hold, 1 to <see cref="ProviderClientCatalog.MaxQuota"/>; 0 for any number.</summary>
    public long? Quota { get; init; }

    /// <summary>When its token ends; <see cref="DateTimeOffset.MaxValue"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True to give it a new token.</summary>
    public bool Rotate { get; init; }

    /// <summary>How long the former token goes on beside the new one, zero to 30 days.</summary>
    public TimeSpan Overlap { get; init; }
}
