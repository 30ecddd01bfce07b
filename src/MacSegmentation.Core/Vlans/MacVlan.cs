using MacSegmentation.Addressing;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Vlans;

/// <summary>A VLAN with its address ranges and what holds for all of it.</summary>
public sealed record MacVlan
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>A name for people, at most 64 characters; empty if none was given.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The ranges that addresses are given out from, ascending and never overlapping; adjacent ones are joined.</summary>
    public IReadOnlyList<MacRange> Ranges { get; init => field = TextList.Of<MacRange>(value); } = TextList.Of<MacRange>([]);

    /// <summary>What the ranges' addresses are for by the structured local address plan, each once, in the ranges' sequence; a range lies in one quadrant.</summary>
    public IReadOnlyList<SlapQuadrant> SlapQuadrant => [.. Ranges.Select(range => range.First.SlapQuadrant).Distinct()];

    /// <summary>What happens to a frame that no policy matches.</summary>
    public PolicyAction DefaultAction { get; init; }

    /// <summary>How long a released address is held down before it may be given out again.</summary>
    public TimeSpan ReuseDelay { get; init; }

    /// <summary>True if a switch answers ARP requests and neighbour solicitations for the addresses of the VLAN's interface records.</summary>
    public bool ArpResponder { get; init; }

    /// <summary>True if a handle may ask for an address that lies in no pool.</summary>
    public bool AdmitsOutOfPoolAddresses { get; init; }
}
