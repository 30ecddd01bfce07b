using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using MacSegmentation.Errors;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Rates;

namespace MacSegmentation.Dhcpv6;

/// <summary>
/// Serves DHCPv6: one loop takes datagrams and finds their links, and each link has a bounded queue, a rate and workers of its own, so that one that floods delays no other, nor HTTP.
/// </summary>
internal sealed class Dhcpv6Server : IAsyncDisposable
{
    private const int QueueLength = 256;

    /// <summary>Messages of one link that are answered at once: a change waits for the disk, and many share one wait.</summary>
    private const int Workers = 32;

    private readonly Dhcpv6Socket socket;
    private readonly Dhcpv6Responder responder;
    private readonly Dhcpv6Settings settings;
    private readonly Action<Exception> report;
    private readonly Dictionary<IPAddress, Dhcpv6Link> byLinkAddress = [];
    private readonly Dictionary<int, Dhcpv6Link> byInterface = [];
    private readonly Dictionary<Dhcpv6Link, Desk> desks = [];
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> running = [];

    private Dhcpv6Server(Dhcpv6Socket socket, IHandleService service, Dhcpv6Settings settings, Action<Exception> report)
    {
        this.socket = socket;
        this.settings = settings;
        this.report = report;
        responder = new Dhcpv6Responder(service, settings);
    }

    /// <summary>What came, and what became of it.</summary>
    public Dhcpv6Counters Counters { get; } = new();

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => socket.EndPoint;

    /// <summary>Begins to answer.</summary>
    /// <param name="settings">How.</param>
    /// <param name="service">What gives addresses.</param>
    /// <param name="report">Is told of errors that no client can do anything about.</param>
    /// <exception cref="MacSegmentationException">
    /// Dhcpv6ClientNotFound, Dhcpv6ClientForbidden, AdapterNotFound, AdapterWithoutIPv6, Dhcpv6AddressInUse, Dhcpv6AddressForbidden, Dhcpv6AddressUnavailable.
    /// </exception>
    public static Dhcpv6Server Start(Dhcpv6Settings settings, IHandleService service, Action<Exception> report)
    {
        foreach (var link in settings.Links)
        {
            RequireClient(link, service);
        }

        var adapters = settings.Links.Where(link => link.LinkAddress is null).Select(link => (Link: link, Adapter: Dhcpv6Adapter.Find(link.Name))).ToList();
        var socket = Dhcpv6Socket.Open(settings.EndPoint, isShared: false);
        try
        {
            var server = new Dhcpv6Server(socket, service, settings, report);
            foreach (var (link, adapter) in adapters)
            {
                socket.Join(Dhcpv6Socket.AllRelaysAndServers, adapter);
                socket.Join(Dhcpv6Socket.AllServers, adapter);
                server.byInterface[adapter.Index] = link;
            }

            foreach (var link in settings.Links)
            {
                if (link.LinkAddress is { } address)
                {
                    server.byLinkAddress[address] = link;
                }

                var desk = new Desk(settings);
                server.desks[link] = desk;
                server.running.AddRange(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => server.WorkAsync(desk))));
            }

            server.running.Add(Task.Run(server.ReceiveAsync));
            return server;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        foreach (var desk in desks.Values)
        {
            desk.Queue.Writer.TryComplete();
        }

        await Task.WhenAll(running);
        foreach (var desk in desks.Values)
        {
            desk.Dispose();
        }

        socket.Dispose();
        stop.Dispose();
    }

    private static void RequireClient(Dhcpv6Link link, IHandleService service)
    {
        var client = service.FindClient(link.Client) ?? throw new MacSegmentationException(
            "Dhcpv6ClientNotFound", MacErrorKind.NotFound, $"The link {link.Name} is to be served for client '{link.Client}', which does not exist. Make it with New-MacProviderClient or macseg client create, or name another.", link.Client);
        if (!client.MayUse(link.VlanId))
        {
            throw new MacSegmentationException(
                "Dhcpv6ClientForbidden", MacErrorKind.PermissionDenied, $"The link {link.Name} is to be served for client '{link.Client}', which may not use VLAN {link.VlanId}. Name a client that may, or another VLAN.", link.Client);
        }
    }

    private async Task ReceiveAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Take(await socket.ReceiveAsync(stop.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException error)
            {
                // The system is short of something, or an adapter goes: what comes next is taken all the same, after a moment.
                report(error);
                try
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), settings.Time, stop.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    private void Take(Dhcpv6Datagram datagram)
    {
        Counters.CountReceived();
        if (!Dhcpv6Query.TryRead(datagram.Octets, byLinkAddress, byInterface.GetValueOrDefault(datagram.Interface), datagram.To.IsIPv6Multicast, out var query, out var silence))
        {
            Counters.Count(silence);
        }
        else if (responder.Check(query.Message) is { } reason)
        {
            Counters.Count(reason);
        }
        else if (!desks[query.Link].TryTake(query, datagram.From))
        {
            Counters.Count(Dhcpv6Silence.Busy);
        }
    }

    private async Task WorkAsync(Desk desk)
    {
        await foreach (var (query, from) in desk.Queue.Reader.ReadAllAsync())
        {
            if (stop.IsCancellationRequested)
            {
                continue;
            }

            try
            {
                var (answer, silence) = await desk.Answered.AnswerOnceAsync(query.Message, () => responder.AnswerAsync(query, CancellationToken.None));
                if (answer is null)
                {
                    Counters.Count(silence);
                    continue;
                }

                await socket.SendAsync(query.Wrap(answer), Destination(query, from), stop.Token);
                Counters.CountAnswered();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                Counters.Count(Dhcpv6Silence.NotSent);
            }
#pragma warning disable CA1031 // One message that cannot be answered leaves the others alone.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Counters.Count(Dhcpv6Silence.StoreUnavailable);
                report(error);
            }
        }
    }

    /// <summary>
    /// Where an answer goes: to the port of clients or of relays at the address that asked (RFC 9915 section 7.2), or to the port that it sent from where a relay says so or this server has a port of its own.
    /// </summary>
    private IPEndPoint Destination(Dhcpv6Query query, IPEndPoint from) =>
        EndPoint.Port != Dhcpv6Socket.ServerPort || query.IsFromRelayPort ? from : new IPEndPoint(from.Address, query.Relays.Count == 0 ? Dhcpv6Socket.ClientPort : Dhcpv6Socket.ServerPort);

    /// <summary>What waits of one link.</summary>
    private sealed class Desk(Dhcpv6Settings settings) : IDisposable
    {
        private readonly TokenBucket bucket = new(settings.Rate, settings.Time);

        public Channel<(Dhcpv6Query Query, IPEndPoint From)> Queue { get; } = Channel.CreateBounded<(Dhcpv6Query, IPEndPoint)>(QueueLength);

        public AnsweredQueries Answered { get; } = new(settings.Time);

        public bool TryTake(Dhcpv6Query query, IPEndPoint from)
        {
            using var lease = bucket.AttemptAcquire();
            return lease.IsAcquired && Queue.Writer.TryWrite((query, from));
        }

        public void Dispose() => bucket.Dispose();
    }
}
