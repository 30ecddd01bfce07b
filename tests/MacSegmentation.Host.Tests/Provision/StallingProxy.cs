using System.Net;
using System.Net.Sockets;

namespace MacSegmentation.Provision;

/// <summary>A network that may become a black hole: connections stay, and no octet comes any more, in either direction.</summary>
internal sealed class StallingProxy : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly EndPoint server;
    private readonly Lock gate = new();
    private readonly List<Socket> open = [];
    private readonly ManualResetEventSlim goesOn = new(initialState: true);

    public StallingProxy(EndPoint server)
    {
        this.server = server;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        StartThread(Accept);
    }

    /// <summary>The loopback port to connect to.</summary>
    public int Port { get; }

    /// <summary>Lets nothing through from now on.</summary>
    public void Stall() => goesOn.Reset();

    /// <summary>Lets through what waits, and all that follows.</summary>
    public void Resume() => goesOn.Set();

    public void Dispose()
    {
        listener.Dispose();
        lock (gate)
        {
            open.ForEach(socket => socket.Dispose());
        }

        goesOn.Set();
    }

    private static void StartThread(Action action) => new Thread(() =>
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is gone, or the proxy.
        }
    })
    { IsBackground = true }.Start();

    private void Accept()
    {
        while (true)
        {
            var client = listener.Accept();
            var upstream = new Socket(server.AddressFamily, SocketType.Stream, server.AddressFamily is AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
            upstream.Connect(server);
            lock (gate)
            {
                open.AddRange([client, upstream]);
            }

            StartThread(() => Copy(client, upstream));
            StartThread(() => Copy(upstream, client));
        }
    }

    private void Copy(Socket from, Socket to)
    {
        byte[] octets = new byte[1 << 16];
        while (from.Receive(octets) is > 0 and var count)
        {
            goesOn.Wait();
            to.Send(octets.AsSpan(0, count));
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
