namespace MacSegmentation.Dhcpv6;

/// <summary>The way of a client's messages to servers and back.</summary>
public interface IDhcpv6Transport
{
    /// <summary>Sends a message to all servers that can be reached.</summary>
    /// <param name="message">The message as it goes on the wire.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Waits for whatever comes next.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);
}
