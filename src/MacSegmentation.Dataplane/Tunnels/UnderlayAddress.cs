using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using MacSegmentation.Adapters;
using MacSegmentation.Carriers;

namespace MacSegmentation.Tunnels;

/// <summary>Which address of an adapter a tunnel stands on, and addresses as sockets have them.</summary>
internal static class UnderlayAddress
{
    /// <summary>Octets of struct sockaddr_in.</summary>
    public const int IPv4Length = 16;

    /// <summary>Octets of struct sockaddr_in6.</summary>
    public const int IPv6Length = 28;

    private const int BitsOfOctet = 8;

    /// <summary>The adapter's address of the remotes' family; of several, the one whose network the first remote is in.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="tunnel">The tunnel.</param>
    /// <exception cref="Errors.MacSegmentationException">AdapterNotFound, TunnelAddressMissing, InvalidTunnel.</exception>
    public static IPAddress Find(string adapter, TunnelSettings tunnel)
    {
        var adapters = NetworkInterface.GetAllNetworkInterfaces();
        var found = Array.Find(adapters, known => string.Equals(known.Name, adapter, StringComparison.Ordinal))
            ?? throw AdapterErrors.NotFound(adapter, adapters.Select(known => known.Name));
        var remote = tunnel.Remotes[0];
        var addresses = found.GetIPProperties().UnicastAddresses
            .Where(known => known.Address.AddressFamily == remote.AddressFamily)
            .OrderByDescending(known => IsWithin(remote, known))
            .ThenBy(known => known.Address.IsIPv6LinkLocal != remote.IsIPv6LinkLocal)
            .Select(known => known.Address)
            .ToArray();
        return addresses.Length == 0 ? throw TunnelErrors.NoAddress(adapter, tunnel)
            : tunnel.Remotes.FirstOrDefault(addresses.Contains) is { } own ? throw TunnelErrors.IsOwnAddress(adapter, own)
            : addresses[0];
    }

    /// <summary>An address and a port as struct sockaddr_in or sockaddr_in6.</summary>
    /// <param name="address">The address.</param>
    /// <param name="port">The UDP port.</param>
    /// <param name="scope">Number of the adapter, which a link-local address needs.</param>
    public static byte[] ToSocketAddress(IPAddress address, int port, int scope)
    {
        bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        byte[] octets = new byte[isIPv6 ? IPv6Length : IPv4Length];
        BitConverter.TryWriteBytes(octets, (ushort)(isIPv6 ? PacketSockets.NativeSocket.FamilyInternet6 : PacketSockets.NativeSocket.FamilyInternet));
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), (ushort)port);
        address.GetAddressBytes().CopyTo(octets, isIPv6 ? 8 : 4);
        if (address.IsIPv6LinkLocal)
        {
            BitConverter.TryWriteBytes(octets.AsSpan(24), scope);
        }

        return octets;
    }

    /// <summary>The address in a struct sockaddr_in or sockaddr_in6, as a key.</summary>
    public static UInt128 KeyOf(ReadOnlySpan<byte> socketAddress, bool isIPv6) =>
        isIPv6 ? BinaryPrimitives.ReadUInt128BigEndian(socketAddress[8..]) : BinaryPrimitives.ReadUInt32BigEndian(socketAddress[4..]);

    /// <summary>The same of an address.</summary>
    public static UInt128 KeyOf(IPAddress address) => KeyOf(ToSocketAddress(address, port: 0, scope: 0), address.AddressFamily == AddressFamily.InterNetworkV6);

    private static bool IsWithin(IPAddress remote, UnicastIPAddressInformation known)
    {
        byte[] one = remote.GetAddressBytes();
        byte[] other = known.Address.GetAddressBytes();
        for (int bit = 0; bit < known.PrefixLength; bit++)
        {
            int mask = 0x80 >> (bit % BitsOfOctet);
            if (((one[bit / BitsOfOctet] ^ other[bit / BitsOfOctet]) & mask) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
