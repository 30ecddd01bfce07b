using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.PortSecurity;

/// <summary>
/// The addresses that the port of an interface may use, compiled for one question a frame: does this IP address belong to this MAC address?
/// They are few (a record has at most 64 pairs), and nearly every frame has the first: they are looked through in their order.
/// </summary>
public sealed class PortBindings
{
    private readonly ulong[] macs;
    private readonly (UInt128 Address, ulong Mac)[] bindings;

    /// <summary>Compiles the addresses of a record.</summary>
    /// <param name="record">The interface's record.</param>
    public PortBindings(MacInterface record)
    {
        ArgumentNullException.ThrowIfNull(record);
        macs = [.. record.AddressPair.Select(pair => pair.MacAddress.Value).Prepend(record.MacAddress.Value).Distinct()];
        bindings =
        [
            .. record.IPAddress.Select(address => (IpNumber.From(address.Address), record.MacAddress.Value))
                .Concat(record.AddressPair.Select(pair => (IpNumber.From(pair.IPAddress), pair.MacAddress.Value)))
                .Concat(macs.Select(mac => (LinkLocal.Of(mac), mac)))
                .Distinct(),
        ];
        ChecksAddresses = record.IPAddress.Count + record.AddressPair.Count > 0;
    }

    /// <summary>True if the record names IP addresses; if it names none, only MAC addresses are checked.</summary>
    public bool ChecksAddresses { get; }

    /// <summary>The allowed MAC addresses, the interface's own first.</summary>
    public ReadOnlySpan<ulong> Macs => macs;

    /// <summary>
    /// The allowed pairs: the fixed addresses with the interface's MAC address, the address pairs, and each MAC address's link-local address.
    /// </summary>
    public ReadOnlySpan<(UInt128 Address, ulong Mac)> Bindings => bindings;

    /// <summary>True if frames may come from the MAC address.</summary>
    /// <param name="mac">The MAC address as a number.</param>
    public bool Allows(ulong mac) => macs[0] == mac || macs.AsSpan(1).Contains(mac);

    /// <summary>True if the IP address belongs to the MAC address.</summary>
    /// <param name="address">The IP address as <see cref="IpNumber"/>.</param>
    /// <param name="mac">The MAC address as a number.</param>
    public bool Allows(UInt128 address, ulong mac)
    {
        foreach (ref readonly var binding in bindings.AsSpan())
        {
            if (binding.Address == address && binding.Mac == mac)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if the IP address belongs to any of the MAC addresses.</summary>
    /// <param name="address">The IP address as <see cref="IpNumber"/>.</param>
    public bool AllowsWithAnyMac(UInt128 address)
    {
        foreach (ref readonly var binding in bindings.AsSpan())
        {
            if (binding.Address == address)
            {
                return true;
            }
        }

        return false;
    }
}
