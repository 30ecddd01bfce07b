using MacSegmentation.Addressing;

namespace MacSegmentation.Handles;

/// <summary>What a device asks for.</summary>
public sealed record HandleRequest
{
    /// <summary>The handle that it shows.</summary>
    public required DeviceHandle Handle { get; init; }

    /// <summary>The VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>The address that a new handle would like, or null to leave the choice to the pool. A known handle gets the address that it has or had.</summary>
    public MacAddress? RequestedAddress { get; init; }

    /// <summary>True to take another address of the pool where the requested one cannot be had; false to be refused then.</summary>
    public bool AllowSubstitute { get; init; }

    /// <summary>
    /// True if a handle without an address gets the requested one or none, also where it had another before: the one of its place in a run of addresses (<see cref="HandleRun"/>).
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>The instance that shows the handle, at most 256 characters; empty if the handle has one instance for ever.</summary>
    public string InstanceId { get; init; } = string.Empty;

    /// <summary>What it means if another instance has shown the handle before.</summary>
    public HandleIntent Intent { get; init; }

    /// <summary>On whose behalf; an administrator's if nothing else is said.</summary>
    public HandleParty Party { get; init; } = HandleParty.Administrator;
}
