using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Vlans;

/// <summary>What to change about a VLAN; what is null or empty stays as it is.</summary>
public sealed record VlanChange
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new default action.</summary>
    public PolicyAction? DefaultAction { get; init; }

    /// <summary>The new reuse delay.</summary>
    public TimeSpan? ReuseDelay { get; init; }

    /// <summary>Whether switches answer the VLAN's ARP requests and neighbour solicitations from now on.</summary>
    public bool? ArpResponder { get; init; }

    /// <summary>Whether handles may ask for addresses that lie in no pool from now on.</summary>
    public bool? AdmitsOutOfPoolAddresses { get; init; }

    /// <summary>Ranges to take away, before others are added; no address in them may be allocated.</summary>
    public IReadOnlyList<MacRange> RemoveRanges { get; init; } = [];

    /// <summary>Ranges to add.</summary>
    public IReadOnlyList<MacRange> AddRanges { get; init; } = [];
}
