using System.Net;
using System.Net.Sockets;
using MacSegmentation.Errors;

namespace MacSegmentation.Dhcpv6;

/// <summary>A client's way to servers: by multicast on its link, or as a relay to one server.</summary>
public sealed class Dhcpv6ClientSocket : IDhcpv6Transport, IDisposable
{
    private readonly Dhcpv6Socket socket;
    private readonly IPEndPoint servers;

    private Dhcpv6ClientSocket(Dhcpv6Socket socket, IPEndPoint servers)
    {
        this.socket = socket;
        this.servers = servers;
    }

    /// <summary>The way by multicast on an adapter's link, from its link-local address and port 546.</summary>
    /// <param name="adapterName">The adapter.</param>
    /// <param name="way">The way to use, which goes with the socket.</param>
    /// <exception cref="MacSegmentationException">AdapterNotFound, AdapterWithoutIPv6, Dhcpv6AddressInUse, Dhcpv6AddressForbidden, Dhcpv6AddressUnavailable.</exception>
    public static Dhcpv6ClientSocket OpenOnLink(string adapterName, out IDhcpv6Transport way)
    {
        var adapter = Dhcpv6Adapter.Find(adapterName);
        var local = adapter.LinkLocal ?? throw new MacSegmentationException(
            "AdapterWithoutIPv6", MacErrorKind.InvalidOperation, $"The network adapter '{adapterName}' has no link-local address, from which clients of DHCPv6 ask. Bring it up with IPv6, or name another adapter.", adapterName);
        var opened = Dhcpv6Socket.Open(new IPEndPoint(local, Dhcpv6Socket.ClientPort), isShared: true);
        var client = new Dhcpv6ClientSocket(opened, new IPEndPoint(new IPAddress(Dhcpv6Socket.AllRelaysAndServers.GetAddressBytes(), adapter.Index), Dhcpv6Socket.ServerPort));
        way = client;
        return client;
    }

    /// <summary>The way to one server, as a relay with a port of its own.</summary>
    /// <param name="server">The server; port 547 unless another is given, with the number of the interface where its address is of a link.</param>
    /// <param name="linkAddress">The address that tells the server the client's link; null for that from which this host reaches the server.</param>
    /// <param name="way">The way to use, which goes with the socket.</param>
    /// <exception cref="MacSegmentationException">Dhcpv6AddressUnavailable.</exception>
    public static Dhcpv6ClientSocket OpenAsRelay(IPEndPoint server, IPAddress? linkAddress, out IDhcpv6Transport way)
    {
        ArgumentNullException.ThrowIfNull(server);
        var local = FindLocal(server);
        var client = new Dhcpv6ClientSocket(Dhcpv6Socket.Open(new IPEndPoint(IPAddress.IPv6Any, 0), isShared: false), server);
        way = new RelayedTransport(client, WithoutScope(linkAddress ?? local), WithoutScope(local));
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(message, servers, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            throw Unreachable(servers, error);
        }
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken) => (await socket.ReceiveAsync(cancellationToken).ConfigureAwait(false)).Octets;

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static IPAddress WithoutScope(IPAddress address) => new(address.GetAddressBytes());

    private static IPAddress FindLocal(IPEndPoint server)
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(server);
            return ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException error)
        {
            throw Unreachable(server, error);
        }
    }

    private static MacSegmentationException Unreachable(IPEndPoint server, SocketException error) => new(
        "Dhcpv6AddressUnavailable", MacErrorKind.Unavailable, $"{server} cannot be reached by UDP: {error.Message.TrimEnd('.')}. See that this host has IPv6 and a way there.", $"{server}", error);
}
