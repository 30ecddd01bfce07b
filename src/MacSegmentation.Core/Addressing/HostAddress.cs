using System.Net;
using System.Net.Sockets;

namespace MacSegmentation.Addressing;

/// <summary>Which addresses a host can have (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5).</summary>
internal static class HostAddress
{
    private const int LongestWithBroadcast = 30;

    /// <summary>Why no host can have the address in its subnet, as the rest of a sentence; null if one can.</summary>
    public static string? FindFault(InterfaceAddress host)
    {
        var address = host.Address;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return "stands for no address";
        }

        if (IPAddress.IsLoopback(address))
        {
            return "is a loopback address";
        }

        if (address.Equals(IPAddress.Broadcast))
        {
            return "is the broadcast address";
        }

        bool isIPv4 = address.AddressFamily == AddressFamily.InterNetwork;
        if (isIPv4 ? address.GetAddressBytes()[0] is >= 224 and <= 239 : address.IsIPv6Multicast)
        {
            return "is a multicast address";
        }

        // A subnet of two addresses has no broadcast (RFC 3021).
        return isIPv4 && host.PrefixLength <= LongestWithBroadcast ? FindFaultInSubnet(host) : null;
    }

    private static string? FindFaultInSubnet(InterfaceAddress host)
    {
        var hostBits = ~IpNumber.Mask(IpNumber.PrefixLength(AddressFamily.InterNetwork, host.PrefixLength));
        var number = IpNumber.From(host.Address) & hostBits;
        return number == hostBits ? "is its subnet's broadcast address" : number == UInt128.Zero ? "is its subnet's own address" : null;
    }
}
