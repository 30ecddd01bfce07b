using MacSegmentation.Addressing;
using MacSegmentation.Documents;

namespace MacSegmentation.Pools;

/// <summary>An allocation of the declarative document.</summary>
public sealed record AllocationConfiguration
{
    /// <summary>Who has the address, 1 to 256 characters.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The address. Null: the one that the instance has in this VLAN already, else the next free one.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Who has an address, in documents.</summary>
    internal static TextType InstanceType { get; } = new() { MinLength = 1, MaxLength = 256 };

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<AllocationConfiguration> Document { get; } = new DocumentObject<AllocationConfiguration>("allocation", "an allocation", new() { InstanceId = string.Empty })
        .Required(
            "instanceId",
            "Who has the address: the name or id of a virtual machine, a container, a device.",
            InstanceType,
            allocation => allocation.InstanceId,
            (allocation, instanceId) => allocation with { InstanceId = instanceId },
            "InvalidInstanceId")
        .Optional(
            "macAddress",
            "The address. Without it: the one that the instance has in this VLAN already, else the next free one.",
            AddressTypes.Address,
            allocation => allocation.MacAddress,
            (allocation, address) => allocation with { MacAddress = address },
            "AddressNotInPool",
            "AddressAllocated");
}
