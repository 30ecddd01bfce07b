using MacSegmentation.Addressing;

namespace MacSegmentation.Configuration;

/// <summary>An allocation of the declarative document.</summary>
public sealed record AllocationConfiguration
{
    /// <summary>Who has the address, 1 to 256 characters.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The address. Null: the one that the instance has in this VLAN already, else the next free one.</summary>
    public MacAddress? MacAddress { get; init; }
}
