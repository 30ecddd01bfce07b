using MacSegmentation.Addressing;

namespace MacSegmentation.Adoption;

/// <summary>What came of a row.</summary>
public sealed record AdoptedAddress
{
    /// <summary>The machine.</summary>
    public required string InstanceId { get; init; }

    /// <summary>What came of its address.</summary>
    public required AdoptionOutcome Outcome { get; init; }

    /// <summary>The address; null if the row says none.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The address as the row wrote it.</summary>
    public string MacAddressText { get; init; } = string.Empty;

    /// <summary>The VLAN; null if the row names none and the address lies in no pool.</summary>
    public int? VlanId { get; init; }

    /// <summary>The interface record; null if none is made.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Why it was not taken in; empty if it was.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>The instance, under the name by which Hyper-V's cmdlets bind it.</summary>
    public string VMName => InstanceId;
}
