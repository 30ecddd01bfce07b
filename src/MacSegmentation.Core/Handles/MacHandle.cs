using MacSegmentation.Addressing;
using MacSegmentation.Reports;

namespace MacSegmentation.Handles;

/// <summary>A handle and the address that it has, or had last. It is remembered for good, so that it gets the same address again.</summary>
public sealed record MacHandle
{
    /// <summary>What a service tells a device of it.</summary>
    public static Report<MacHandle> Report { get; } = new Report<MacHandle>()
        .Text("handle", handle => handle.Handle)
        .Number("vlanId", handle => handle.VlanId)
        .Value<MacAddress>("macAddress", handle => handle.MacAddress)
        .Choice<HandleState>("state", handle => handle.State, NameOf)
        .Text("instanceId", handle => handle.InstanceId)
        .Flag("isCopy", handle => handle.IsCopy)
        .Text("provider", handle => handle.Provider)
        .Time("assignedAt", handle => handle.AssignedAt)
        .TimeOrNull("endedAt", handle => handle.EndedAt)
        .Text("reason", handle => handle.Reason)
        .Text("notice", handle => handle.Notice);

    /// <summary>The record's number in its store.</summary>
    public required long HandleId { get; init; }

    /// <summary>The handle, normalised.</summary>
    public required string Handle { get; init; }

    /// <summary>The client of the provider service, or the group of clients, that it belongs to; empty for the handle of nobody, which an administrator registered, or a client before handles had owners.</summary>
    public string Client { get; init; } = string.Empty;

    /// <summary>The VLAN whose address it is.</summary>
    public required int VlanId { get; init; }

    /// <summary>The address that it has, or had last.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>Whether it owns the address.</summary>
    public required HandleState State { get; init; }

    /// <summary>The instance that shows the handle; empty if none was named.</summary>
    public string InstanceId { get; init; } = string.Empty;

    /// <summary>True for a clone's address: the instance shows a handle that another one had first.</summary>
    public bool IsCopy { get; init; }

    /// <summary>The provider that gave the address out of a block of its own; empty for the shared store itself.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>When it got the address.</summary>
    public required DateTimeOffset AssignedAt { get; init; }

    /// <summary>The how many-th time that the handle got an address, from 1: which of two accounts of it is the newer one, whatever the clocks of those who gave it say.</summary>
    public long Assignment { get; init; } = 1;

    /// <summary>When it lost the address; null while it has it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Until when a revoked address is held down; null if nobody revoked it.</summary>
    public DateTimeOffset? HeldDownUntil { get; init; }

    /// <summary>Why an administrator revoked the address; empty otherwise.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>What the device is to be told beside its address, such as what became of the address that it had; empty if there is nothing.</summary>
    public string Notice { get; init; } = string.Empty;

    /// <summary>False while a provider has still to tell the shared store of it.</summary>
    public bool IsReported { get; init; } = true;

    /// <summary>The store's revision in which it was changed last; the store sets it.</summary>
    public long Revision { get; init; }

    /// <summary>The instance, under the name by which Hyper-V's cmdlets bind it.</summary>
    public string VMName => InstanceId;

    /// <summary>The address in the form that Set-VMNetworkAdapter wants, under the name of its parameter: 12 capital digits.</summary>
    public string StaticMacAddress => MacAddress.ToString("N");

    /// <summary>A state as clients of the service know it.</summary>
    private static string NameOf(HandleState state) => state switch
    {
        HandleState.Held => "held",
        HandleState.Released => "released",
        HandleState.Revoked => "recovered",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a name."),
    };
}
