using MacSegmentation.Addressing;
using MacSegmentation.Reports;

namespace MacSegmentation.Handles;

/// <summary>The answer to a device: its address, and how it came to it.</summary>
public sealed record MacAssignment
{
    /// <summary>What a service tells a device of it.</summary>
    public static Report<MacAssignment> Report { get; } = new Report<MacAssignment>()
        .Text("handle", assignment => assignment.Handle)
        .Number("vlanId", assignment => assignment.VlanId)
        .Value<MacAddress>("macAddress", assignment => assignment.MacAddress)
        .Choice<AssignmentOutcome>("outcome", assignment => assignment.Outcome, NameOf)
        .Text("instanceId", assignment => assignment.InstanceId)
        .Text("provider", assignment => assignment.Provider)
        .Time("assignedAt", assignment => assignment.AssignedAt)
        .Text("notice", assignment => assignment.Notice);

    /// <summary>The handle, normalised.</summary>
    public required string Handle { get; init; }

    /// <summary>The VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>The address, which the handle owns until it gives it up or an administrator revokes it.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>How it came to it.</summary>
    public required AssignmentOutcome Outcome { get; init; }

    /// <summary>The instance; empty if none was named.</summary>
    public string InstanceId { get; init; } = string.Empty;

    /// <summary>The provider that gave the address out; empty for the shared store itself.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>When the handle got the address.</summary>
    public required DateTimeOffset AssignedAt { get; init; }

    /// <summary>What the device is to be told beside its address; empty if there is nothing.</summary>
    public string Notice { get; init; } = string.Empty;

    /// <summary>The instance, under the name by which Hyper-V's cmdlets bind it.</summary>
    public string VMName => InstanceId;

    /// <summary>The address in the form that Set-VMNetworkAdapter wants, under the name of its parameter: 12 capital digits.</summary>
    public string StaticMacAddress => MacAddress.ToString("N");

    /// <summary>The answer for a record of a handle.</summary>
    /// <param name="handle">The record.</param>
    /// <param name="outcome">How it came to its address.</param>
    public static MacAssignment Of(MacHandle handle, AssignmentOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return new MacAssignment
        {
            Handle = handle.Handle,
            VlanId = handle.VlanId,
            MacAddress = handle.MacAddress,
            Outcome = outcome,
            InstanceId = handle.InstanceId,
            Provider = handle.Provider,
            AssignedAt = handle.AssignedAt,
            Notice = handle.Notice,
        };
    }

    private static string NameOf(AssignmentOutcome outcome) => outcome switch
    {
        AssignmentOutcome.Existing => "existing",
        AssignmentOutcome.New => "new",
        AssignmentOutcome.Restored => "restored",
        AssignmentOutcome.Renewed => "renewed",
        AssignmentOutcome.Replaced => "replaced",
        AssignmentOutcome.Copied => "copied",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without a name."),
    };
}
