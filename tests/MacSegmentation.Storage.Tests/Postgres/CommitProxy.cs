using System.Net;
using System.Net.Sockets;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// A network between store and server that breaks at the worst moment: before or after a commit reaches the server. The store must not have its
/// statements prepared ("Max Auto Prepare=0"), so that COMMIT is seen in what it sends.
/// </summary>
internal sealed class CommitProxy : IDisposable
{
    private const int BufferSize = 1 << 16;
    private static readonly byte[] Commit = [.. "COMMIT\0"u8];

    private readonly PostgresCluster cluster;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Lock gate = new();
    private readonly List<Socket> open = [];
    private int commitsToCut;
    private bool cutsAfter;
    private bool refuses;

    public CommitProxy(PostgresCluster cluster)
    {
        this.cluster = cluster;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        StartThread(Accept);
    }

    /// <summary>The loopback port to connect to.</summary>
    public int Port { get; }

    /// <summary>How often it has cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the next commits.</summary>
    /// <param name="after">True when the server has answered the commit, of which the store hears nothing; false before the server gets it.</param>
    /// <param name="count">How many.</param>
    /// <param name="thenRefuse">True to let nobody connect from then on.</param>
    public void CutCommits(bool after, int count = 1, bool thenRefuse = false)
    {
        lock (gate)
        {
            (cutsAfter, commitsToCut, refuses) = (after, count, thenRefuse);
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        lock (gate)
        {
            open.ForEach(End);
        }
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
            lock (gate)
            {
                if (refuses && commitsToCut == 0)
                {
                    client.Dispose();
                    continue;
                }
            }

            var upstream = Connect();
            lock (gate)
            {
                open.AddRange([client, upstream]);
            }

            var route = new Route(client, upstream);
            StartThread(() => Send(route));
            StartThread(() => Answer(route));
        }
    }

    private Socket Connect()
    {
        bool isLocal = cluster.Host.StartsWith('/');
        var socket = isLocal ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        EndPoint place = isLocal ? new UnixDomainSocketEndPoint(Path.Join(cluster.Host, $".s.PGSQL.{cluster.Port}")) : new IPEndPoint(IPAddress.Parse(cluster.Host), cluster.Port);
        socket.Connect(place);
        return socket;
    }

    /// <summary>From the store to the server.</summary>
    private void Send(Route route)
    {
        byte[] buffer = new byte[BufferSize];
        for (int length; (length = route.Client.Receive(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, length).IndexOf(Commit) >= 0 && TakeCut(out bool after))
            {
                if (!after)
                {
                    route.Close();
                    return;
                }

                route.IsDeaf = true;
            }

            route.Server.Send(buffer.AsSpan(0, length));
        }

        route.Close();
    }

    /// <summary>From the server to the store.</summary>
    private void Answer(Route route)
    {
        byte[] buffer = new byte[BufferSize];
        for (int length; (length = route.Server.Receive(buffer)) > 0;)
        {
            if (route.IsDeaf)
            {
                break;
            }

            route.Client.Send(buffer.AsSpan(0, length));
        }

        route.Close();
    }

    /// <summary>Ends a connection for the other side too, at once: Wine keeps one open from which a thread still reads.</summary>
    private static void End(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other side has ended it, or the other thread.
        }

        socket.Dispose();
    }

    private bool TakeCut(out bool after)
    {
        lock (gate)
        {
            after = cutsAfter;
            if (commitsToCut == 0)
            {
                return false;
            }

            commitsToCut--;
            Cuts++;
            return true;
        }
    }

    private sealed class Route(Socket client, Socket server)
    {
        public Socket Client => client;

        public Socket Server => server;

        /// <summary>True if the next answer is the last, and gets nowhere.</summary>
        public volatile bool IsDeaf;

        public void Close()
        {
            End(client);
            End(server);
        }
    }
}
