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

    /// <summary>The adapter that is given by its parts.</summary>
    /// <param name="machine">The virtual machine, or null.</param>
    /// <param name="name">The adapter, or null.</param>
    /// <param name="address">Its address, or null.</param>
    /// <param name="direction">For which way; null for both.</param>
    /// <returns>Null if no part is given.</returns>
    /// <exception cref="MacSegmentationException">AdapterNeeded: the machine or the address is missing.</exception>
    public static HyperVAdapter? Of(string? machine, string? name, MacAddress? address, AclDirection? direction) => (machine, address) switch
    {
        (null, null) when name is null && direction is null => null,
        ({ } given, { } mac) => new HyperVAdapter { VMName = given, VMNetworkAdapterName = name, MacAddress = mac, Direction = direction ?? AclDirection.Both },
        _ => throw Incomplete(),
    };

    /// <summary>The error where an adapter is needed and not given whole.</summary>
    internal static MacSegmentationException Incomplete() => new(
        "AdapterNeeded", MacErrorKind.InvalidArgument, "Port ACLs of Hyper-V belong to an adapter. Give the virtual machine's name and its adapter's MAC address.");
}
