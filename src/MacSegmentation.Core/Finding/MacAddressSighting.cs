namespace MacSegmentation.Finding;

/// <summary>Where an address is in use, as a running enforcer says.</summary>
public sealed record MacAddressSighting
{
    /// <summary>The enforcer: its name, or the host and the program that runs it.</summary>
    public required string Enforcer { get; init; }

    /// <summary>The VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>The network interface that the address is behind; empty where only the interface record is known whose port it is.</summary>
    public string Port { get; init; } = string.Empty;

    /// <summary>Name of the interface record whose port that is; empty if there is none.</summary>
    public string Interface { get; init; } = string.Empty;

    /// <summary>When the enforcer saw it last, or said so last; null for one that is there by its record.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>It in a few words, such as <c>eth1 of lab-1 (macseg/4711), web-1, 2026-11-28 10:00:00Z</c>.</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Port.Length > 0 ? $"{Port} of {Enforcer}" : Enforcer, Interface, SeenAt is { } seen ? $"{seen.UtcDateTime:u}" : string.Empty }.Where(part => part.Length > 0));
}
