using System.Net;
using System.Net.Sockets;
using MacSegmentation.Errors;

namespace MacSegmentation.Dhcpv6;

/// <summary>A UDP socket that says by which interface a datagram came (IPV6_PKTINFO; RFC 3542 section 6), with the groups of DHCPv6.</summary>
public sealed class Dhcpv6Socket : IDisposable
{
    /// <summary>Where clients listen.</summary>
    public const int ClientPort = 546;

    /// <summary>Where servers and relays listen.</summary>
    public const int ServerPort = 547;

    private const int LargestDatagram = 65_535;

    /// <summary>Has Windows not say of a datagram that found nobody as if it were this socket's failure (SIO_UDP_CONNRESET).</summary>
    private const int NoConnectionReset = unchecked((int)0x9800000C);

    private readonly Socket socket;
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(LargestDatagram);

    private Dhcpv6Socket(Socket socket) => this.socket = socket;

    /// <summary>All servers and relays on a link (RFC 9915 section 7.1).</summary>
    public static IPAddress AllRelaysAndServers { get; } = IPAddress.Parse("ff02::1:2");

    /// <summary>All servers of a site, as relays reach them.</summary>
    public static IPAddress AllServers { get; } = IPAddress.Parse("ff05::1:3");

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>Opens a socket.</summary>
    /// <param name="local">Where it listens; port 0 for any that is free.</param>
    /// <param name="isShared">True beside others at the same port that share it too, as clients do; false to be the only one.</param>
    /// <exception cref="MacSegmentationException">Dhcpv6AddressInUse, Dhcpv6AddressForbidden, Dhcpv6AddressUnavailable.</exception>
    public static Dhcpv6Socket Open(IPEndPoint local, bool isShared)
    {
        ArgumentNullException.ThrowIfNull(local);
        Socket? opened = null;
        try
        {
            opened = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = false };
            if (OperatingSystem.IsWindows())
            {
                opened.ExclusiveAddressUse = !isShared;
                opened.IOControl(NoConnectionReset, [0, 0, 0, 0], null);
            }

            if (isShared)
            {
                opened.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            }

            opened.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, optionValue: true);
            opened.Bind(local);
            return new Dhcpv6Socket(opened);
        }
        catch (SocketException error)
        {
            opened?.Dispose();
            throw Explain(error, local);
        }
    }

    /// <summary>Joins a group on an adapter.</summary>
    /// <param name="group">The group.</param>
    /// <param name="adapter">The adapter.</param>
    /// <exception cref="MacSegmentationException">Dhcpv6AddressUnavailable.</exception>
    public void Join(IPAddress group, Dhcpv6Adapter adapter)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group, adapter.Index));
        }
        catch (SocketException error)
        {
            throw new MacSegmentationException(
                "Dhcpv6AddressUnavailable", MacErrorKind.Unavailable, $"The group {group} cannot be joined on '{adapter.Name}': {error.Message.TrimEnd('.')}. See that the adapter is up and has IPv6.", adapter.Name, error);
        }
    }

    /// <summary>Waits for a datagram. One caller at a time.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Dhcpv6Datagram> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var received = await socket.ReceiveMessageFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.IPv6Any, 0), cancellationToken).ConfigureAwait(false);
                return new Dhcpv6Datagram(
                    buffer.AsSpan(0, received.ReceivedBytes).ToArray(), (IPEndPoint)received.RemoteEndPoint, received.PacketInformation.Address, received.PacketInformation.Interface);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused or SocketError.MessageSize)
            {
                // What was sent before found nobody, or more came than UDP can hold: the next one.
            }
        }
    }

    /// <summary>Sends a datagram.</summary>
    /// <param name="octets">What it holds.</param>
    /// <param name="to">Whom it is for, with the number of the interface where the address is of a link.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> octets, IPEndPoint to, CancellationToken cancellationToken) =>
        await socket.SendToAsync(octets, SocketFlags.None, to, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static MacSegmentationException Explain(SocketException error, IPEndPoint local) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new MacSegmentationException(
            "Dhcpv6AddressInUse", MacErrorKind.InUse, $"DHCPv6 cannot use UDP {local}: another program does. End that program, or give another address or port.", $"{local}", error),
        SocketError.AccessDenied => new MacSegmentationException(
            "Dhcpv6AddressForbidden", MacErrorKind.PermissionDenied, $"DHCPv6 may not use UDP {local}: the system keeps the port from this user. Run it as one who may, or grant CAP_NET_BIND_SERVICE.", $"{local}", error),
        _ => new MacSegmentationException(
            "Dhcpv6AddressUnavailable", MacErrorKind.InvalidArgument, $"DHCPv6 cannot use UDP {local}: {error.Message.TrimEnd('.')}. Give an address of IPv6 that this host has, such as [::].", $"{local}", error),
    };
}
