using System.Net;
using System.Net.Sockets;

namespace MacSegmentation.Lab.Network;

/// <summary>A TCP server on a host that sends back what it gets.</summary>
public sealed class EchoServer : IDisposable
{
    private readonly Socket listener;
    private readonly CancellationTokenSource stop = new();

    /// <summary>Starts it.</summary>
    public EchoServer(Host host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        listener = host.Namespace.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        listener.Bind(new IPEndPoint(IPAddress.Any, port));
        listener.Listen();
        _ = ServeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var token = stop.Token;
        while (!token.IsCancellationRequested)
        {
            _ = EchoAsync(await listener.AcceptAsync(token), token);
        }
    }

    private static async Task EchoAsync(Socket accepted, CancellationToken token)
    {
        using var connection = accepted;
        byte[] buffer = new byte[64 << 10];
        for (int got; (got = await connection.ReceiveAsync(buffer, token)) > 0;)
        {
            for (int sent = 0; sent < got;)
            {
                sent += await connection.SendAsync(buffer.AsMemory(sent, got - sent), token);
            }
        }
    }
}
