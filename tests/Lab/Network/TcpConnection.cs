using System.Net;
using System.Net.Sockets;

namespace MacSegmentation.Lab.Network;

/// <summary>A connection from a host to an <see cref="EchoServer"/>.</summary>
public sealed class TcpConnection : IDisposable
{
    private readonly Socket socket;

    private TcpConnection(Socket socket) => this.socket = socket;

    /// <summary>Connects, for a bounded time.</summary>
    /// <param name="host">From where.</param>
    /// <param name="address">To where.</param>
    /// <param name="port">To which port.</param>
    /// <param name="seconds">How long to try: with 1.5, a lost request is sent once more.</param>
    /// <param name="from">The host's address to connect from; its stack's choice if null.</param>
    /// <returns>The connection, or null if there was no answer in that time.</returns>
    public static TcpConnection? TryOpen(Host host, string address, int port, double seconds, string? from = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Namespace.Run(() =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(from ?? "0.0.0.0"), 0));
                socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address), port), patience.Token).AsTask().GetAwaiter().GetResult();
                return new TcpConnection(socket);
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                return null;
            }
        });
    }

    /// <summary>True if so many octets come back as they were sent, in a bounded time.</summary>
    public bool Echoes(int octets, double seconds)
    {
        byte[] sent = new byte[octets];
        new Random(octets).NextBytes(sent);
        socket.SendTimeout = socket.ReceiveTimeout = (int)(seconds * 1000);
        var sending = new Thread(() => _ = Record.Exception(() => socket.Send(sent)));
        sending.Start();
        byte[] received = new byte[octets];
        int got = 0;
        try
        {
            for (int more = 1; got < octets && more > 0; got += more)
            {
                more = socket.Receive(received.AsSpan(got));
            }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TimedOut)
        {
            return false;
        }
        finally
        {
            sending.Join();
        }

        return received.AsSpan().SequenceEqual(sent);
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
