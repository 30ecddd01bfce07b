using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Configuration;

/// <summary>A VLAN of the declarative document.</summary>
public sealed record VlanConfiguration
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    public required int Id { get; init; }

    /// <summary>A name for people; empty if there is none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The ranges of the VLAN's pool, in any order; none for a VLAN that only has policies.</summary>
    public IReadOnlyList<MacRange> Ranges { get; init; } = [];

    /// <summary>What happens to a frame that no policy matches.</summary>
    public PolicyAction DefaultAction { get; init; }

    /// <summary>How long a released address rests before it may be given out again.</summary>
    public TimeSpan ReuseDelay { get; init; }

    /// <summary>True if a switch answers ARP requests and neighbour solicitations for the addresses of the VLAN's interface records.</summary>
    public bool ArpResponder { get; init; }

    /// <summary>True if a handle may ask for an address that lies in no pool.</summary>
    public bool ForeignAddresses { get; init; }

    /// <summary>Who has which address, without those of handles, which come and go by themselves, and without the addresses that were taken from the pool for an interface record.</summary>
    public IReadOnlyList<AllocationConfiguration> Allocations { get; init; } = [];

    /// <summary>The policies; their order decides, not their place in the document.</summary>
    public IReadOnlyList<PolicyConfiguration> Policies { get; init; } = [];

    /// <summary>The interface records, in any order.</summary>
    public IReadOnlyList<InterfaceConfiguration> Interfaces { get; init; } = [];
}
