using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>One rule of a VLAN's list: the first one that matches a frame's source and destination decides.</summary>
public sealed record MacPolicy
{
    /// <summary>Number that the store gave it; never used again, 0 before it is stored.</summary>
    public long PolicyId { get; init; }

    /// <summary>The VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>Place in the VLAN's list, ascending, 1 to 2^31 − 1; unique in the VLAN.</summary>
    public required int Order { get; init; }

    /// <summary>What the frame's source must match.</summary>
    public required MacPattern SourceAddress { get; init; }

    /// <summary>What the frame's destination must match.</summary>
    public required MacPattern DestinationAddress { get; init; }

    /// <summary>What happens to a frame that this policy decides.</summary>
    public required PolicyAction Action { get; init; }

    /// <summary>What people say of it, such as the number of a change request; empty if nothing is.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>True if it is kept, and matches nothing.</summary>
    public bool Disabled { get; init; }

    /// <summary>From when on it matches nothing, in whole microseconds; null if it stays. It remains in the list until it is removed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True if its time is over.</summary>
    /// <param name="time">The time that is asked about.</param>
    public bool IsExpiredAt(DateTimeOffset time) => ExpiresAt <= time;

    /// <summary>True if it can decide: it is neither disabled nor expired.</summary>
    /// <param name="time">The time that is asked about.</param>
    public bool IsInForceAt(DateTimeOffset time) => !Disabled && !IsExpiredAt(time);

    /// <summary>True if the frame's addresses match.</summary>
    /// <param name="source">The frame's source address.</param>
    /// <param name="destination">The frame's destination address.</param>
    public bool Matches(MacAddress source, MacAddress destination) =>
        SourceAddress.Matches(source) && DestinationAddress.Matches(destination);

    /// <summary>The policy as one line, such as <c>10: 00:1a:2b:00:00:00/24 -> * Deny</c>, with what is said of it behind.</summary>
    public override string ToString() =>
        $"{Order}: {SourceAddress} -> {DestinationAddress} {Action}{(Disabled ? ", disabled" : string.Empty)}{(ExpiresAt is { } end ? $", expires {end:u}" : string.Empty)}{(Description.Length > 0 ? $", '{Description}'" : string.Empty)}";
}
