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

    /// <summary>True if the frame's addresses match.</summary>
    /// <param name="source">The frame's source address.</param>
    /// <param name="destination">The frame's destination address.</param>
    public bool Matches(MacAddress source, MacAddress destination) =>
        SourceAddress.Matches(source) && DestinationAddress.Matches(destination);

    /// <summary>The policy as one line, such as <c>10: 00:1a:2b:00:00:00/24 -> * Deny</c>.</summary>
    public override string ToString() => $"{Order}: {SourceAddress} -> {DestinationAddress} {Action}";
}
