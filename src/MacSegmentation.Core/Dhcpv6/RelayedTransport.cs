using System.Net;

namespace MacSegmentation.Dhcpv6;

/// <summary>The way through a relay that the client itself is: what it sends is wrapped (RFC 9915 section 19.1.1), what comes back unwrapped. It sends from a port of its own and says so (RFC 8357).</summary>
/// <param name="inner">The way of the relay's messages.</param>
/// <param name="linkAddress">The address that tells the server the client's link.</param>
/// <param name="peerAddress">The client's address.</param>
public sealed class RelayedTransport(IDhcpv6Transport inner, IPAddress linkAddress, IPAddress peerAddress) : IDhcpv6Transport
{
    /// <inheritdoc/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => inner.SendAsync(
        new Dhcpv6RelayMessage
        {
            Type = Dhcpv6MessageType.RelayForward,
            HopCount = 0,
            LinkAddress = linkAddress,
            PeerAddress = peerAddress,
            Options = [new Dhcpv6Option(Dhcpv6OptionCode.RelayMessage, message), new Dhcpv6Option(Dhcpv6OptionCode.RelayPort, new byte[2])],
        }.ToArray(),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var octets = await inner.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (Dhcpv6RelayMessage.TryRead(octets, out var relayed)
                && relayed is { Type: Dhcpv6MessageType.RelayReply, Inner: { } message }
                && relayed.LinkAddress.Equals(linkAddress)
                && relayed.PeerAddress.Equals(peerAddress))
            {
                return message;
            }
        }
    }
}
