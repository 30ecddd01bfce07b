using System.Net;
using System.Net.Sockets;
using MacSegmentation.Errors;

namespace MacSegmentation.Dhcpv6;

/// <summary>Where a server is that a client asks as a relay does.</summary>
public static class Dhcpv6ServerAddress
{
    /// <summary>Reads an address such as 2001:db8::1, fe80::1%eth0, fe80::1%2 or [::1]:1547; port 547 if none is given.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MacSegmentationException">InvalidDhcpv6Server; AdapterNotFound, AdapterWithoutIPv6: of the adapter behind the per cent sign.</exception>
    public static IPEndPoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        string host = end > 0 ? text[1..end] : text;
        int port = Dhcpv6Socket.ServerPort;
        bool isSound = end < 0 || end == text.Length - 1 || (text[end + 1] == ':' && ushort.TryParse(text[(end + 2)..], out ushort given) && (port = given) > 0);
        string[] parts = host.Split('%', 2);
        if (!isSound || !IPAddress.TryParse(parts[0], out var address) || address.AddressFamily is not AddressFamily.InterNetworkV6 || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any))
        {
            throw Invalid(text);
        }

        if (parts.Length == 2)
        {
            address.ScopeId = uint.TryParse(parts[1], out uint index) ? index : Dhcpv6Adapter.Find(parts[1]).Index;
        }
        else if (address.IsIPv6LinkLocal)
        {
            throw Invalid(text);
        }

        return new IPEndPoint(address, port);
    }

    private static MacSegmentationException Invalid(string text) => new(
        "InvalidDhcpv6Server",
        MacErrorKind.InvalidArgument,
        $"'{text}' is not the address of a server. Give one of IPv6, such as 2001:db8::1, with its adapter if it is of a link (fe80::1%eth0), and with another port than 547 in brackets ([::1]:1547).",
        text);
}
