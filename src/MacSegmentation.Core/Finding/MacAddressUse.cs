using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Blocks;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pools;
using MacSegmentation.Units;

namespace MacSegmentation.Finding;

/// <summary>All that a store knows of an address.</summary>
public sealed record MacAddressUse
{
    /// <summary>The address.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>What it is to the pools.</summary>
    public required AddressState State { get; init; }

    /// <summary>The VLAN whose pool it is of, or in which it is used; null if there is none.</summary>
    public int? VlanId { get; init; }

    /// <summary>The VLAN's name.</summary>
    public string VlanName { get; init; } = string.Empty;

    /// <summary>The range of the pool that it is in; null if it is of none.</summary>
    public MacRange? Range { get; init; }

    /// <summary>Who has it: the instance of the allocation, of the handle or of the interface record; empty if nobody is known.</summary>
    public string InstanceId { get; init; } = string.Empty;

    /// <summary>The allocation; null if it is not given out.</summary>
    public MacAllocation? Allocation { get; init; }

    /// <summary>Until when it is held down at least, or since when; null if it is not.</summary>
    public HeldDownAddress? HeldDown { get; init; }

    /// <summary>The handle that owns it, or null.</summary>
    public MacHandle? Handle { get; init; }

    /// <summary>The block that it is in, or null.</summary>
    public MacBlock? Block { get; init; }

    /// <summary>The interface records that have it as their own.</summary>
    public IReadOnlyList<MacInterface> Interface { get; init => field = TextList.Of<MacInterface>(value); } = TextList.Of<MacInterface>([]);

    /// <summary>The address pairs with it, those included that follow an interface's own.</summary>
    public IReadOnlyList<MacAddressPair> AddressPair { get; init => field = TextList.Of<MacAddressPair>(value); } = TextList.Of<MacAddressPair>([]);

    /// <summary>The policies that match it, in its VLANs.</summary>
    public IReadOnlyList<MacMatchingPolicy> Policy { get; init => field = TextList.Of<MacMatchingPolicy>(value); } = TextList.Of<MacMatchingPolicy>([]);

    /// <summary>Where running enforcers see it.</summary>
    public IReadOnlyList<MacAddressSighting> Sighting { get; init => field = TextList.Of<MacAddressSighting>(value); } = TextList.Of<MacAddressSighting>([]);

    /// <summary>The newest audit events about it, its handle and its interface records, oldest first.</summary>
    public IReadOnlyList<MacAuditEvent> History { get; init => field = TextList.Of<MacAuditEvent>(value); } = TextList.Of<MacAuditEvent>([]);

    /// <summary>The instance, under the name by which Hyper-V's cmdlets bind it.</summary>
    public string VMName => InstanceId;
}
