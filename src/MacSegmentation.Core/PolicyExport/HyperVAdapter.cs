using MacSegmentation.Addressing;
using MacSegmentation.Errors;

namespace MacSegmentation.PolicyExport;

/// <summary>The adapter of a virtual machine that port ACLs are for.</summary>
public sealed record HyperVAdapter
{
    /// <summary>The virtual machine.</summary>
    public required string VMName { get; init; }

    /// <summary>The adapter; all adapters of the machine if null.</summary>
    public string? VMNetworkAdapterName { get; init; }

    /// <summary>The adapter's address. Hyper-V lets it send from no other, unless MAC address spoofing is allowed.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>For which way.</summary>
    public AclDirection Direction { get; init; }

    /// <summary>The error where an adapter is needed and not given whole.</summary>
    public static MacSegmentationException Incomplete() => new(
        "AdapterNeeded", MacErrorKind.InvalidArgument, "Port ACLs of Hyper-V belong to an adapter. Give the virtual machine's name and its adapter's MAC address.");
}
