using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Configuration;

/// <summary>A policy of the declarative document.</summary>
public sealed record PolicyConfiguration
{
    /// <summary>Place in the VLAN's list, 1 to 2^31 − 1. Null: 10 above the policy before it in the document, 10 for the first.</summary>
    public int? Order { get; init; }

    /// <summary>What the frame's source must match.</summary>
    public required MacPattern Source { get; init; }

    /// <summary>What the frame's destination must match.</summary>
    public required MacPattern Destination { get; init; }

    /// <summary>What happens to a frame that this policy decides.</summary>
    public required PolicyAction Action { get; init; }
}
