using MacSegmentation.Addressing;

namespace MacSegmentation.Pools;

/// <summary>An address that is given out to an instance.</summary>
public sealed record MacAllocation
{
    /// <summary>The address.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>The VLAN whose pool it comes from.</summary>
    public required int VlanId { get; init; }

    /// <summary>Who has it: the name or id of a virtual machine, a container, a device.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The handle that owns it, normalised; empty if it was not given to a handle.</summary>
    public string Handle { get; init; } = string.Empty;

    /// <summary>When it was given out.</summary>
    public required DateTimeOffset AllocatedAt { get; init; }

    /// <summary>The instance, under the name by which Hyper-V's cmdlets bind it.</summary>
    public string VMName => InstanceId;

    /// <summary>The address in the form that Set-VMNetworkAdapter wants, under the name of its parameter: 12 capital digits.</summary>
    public string StaticMacAddress => MacAddress.ToString("N");
}
