using System.Runtime.InteropServices;
using MacSegmentation.PacketSockets;
using MacSegmentation.Ports;

namespace MacSegmentation.Workers;

/// <summary>One thread for ports that poll(2) can wait for together: it serves them in turn, a batch each, so that no port waits for more than one batch of each other.</summary>
/// <remarks>
/// It never blocks but in poll. A port whose link takes no more keeps what waits in its own queue, and is tried again when the link has room; the others do not
/// notice. Under a load it does not wait for frames: to wake a sleeper costs the sender of a virtual wire about as much as to send one. It looks again at once if
/// batches are full, and else after a rest of some microseconds, as adapters moderate their interrupts; a frame at a quiet port ends the rest.
/// </remarks>
internal sealed unsafe class PollWorker : IWorker, IDisposable
{
    /// <summary>Milliseconds between two looks at what no descriptor tells of: adapters that come and go, ages, losses.</summary>
    private const int LookEvery = 100;

    /// <summary>Nanoseconds after which a link that refused frames for want of buffers, which nothing tells of, is tried again.</summary>
    private const long RetryEvery = NanosecondsOfMillisecond;

    private const long NanosecondsOfMillisecond = 1_000_000;

    /// <summary>Nanoseconds in which a batch gathers at a busy port.</summary>
    private const long Rest = 40_000;

    private readonly IServedPort[] ports;
    private readonly IPolledSource[] sources;
    private readonly IPolledSink[] sinks;
    private readonly bool[] hasEnded;
    private readonly Bell bell = new();
    private readonly Lock closing = new();
    private readonly NativeSocket.PollRequest* requests;
    private volatile bool isStopped;
    private int live;
    private int firstPort;
    private long nextLook;
    private bool isDisposed;

    /// <summary>Creates the worker.</summary>
    /// <param name="name">What the thread is called.</param>
    /// <param name="ports">The ports; their sources are <see cref="IPolledSource"/>.</param>
    public PollWorker(string name, IEnumerable<IServedPort> ports)
    {
        Name = name;
        this.ports = [.. ports];
        sources = [.. this.ports.Select(port => (IPolledSource)port.Source)];
        sinks = [.. this.ports.SelectMany(port => port.Sinks).OfType<IPolledSink>().Distinct()];
        hasEnded = new bool[this.ports.Length];
        live = this.ports.Length;
        requests = (NativeSocket.PollRequest*)NativeMemory.AllocZeroed((nuint)(sources.Length + sinks.Length + 1), (nuint)sizeof(NativeSocket.PollRequest));
    }

    public string Name { get; }

    public void Run()
    {
        WorkerPriority.Raise();
        try
        {
            while (!isStopped && live > 0)
            {
                int happened = Wait();
                long now = Environment.TickCount64;
                bool looks = now >= nextLook;
                nextLook = looks ? now + LookEvery : nextLook;
                ServeInTurn(happened, looks);
                ServeQueues();
            }
        }
        finally
        {
            Array.ForEach(ports, port => port.End());
        }
    }

    public void Stop()
    {
        isStopped = true;
        foreach (var port in ports)
        {
            port.Stop();
            port.Source.Interrupt();
        }

        lock (closing)
        {
            // Who stops an enforcer may come just after its own end.
            if (!isDisposed)
            {
                bell.Ring();
            }
        }
    }

    public void Dispose()
    {
        lock (closing)
        {
            if (!isDisposed)
            {
                isDisposed = true;
                bell.Dispose();
                NativeMemory.Free(requests);
            }
        }
    }

    /// <summary>A port after the other, beginning with another one each time: who is first has no advantage.</summary>
    private void ServeInTurn(int happened, bool looks)
    {
        firstPort = firstPort + 1 < ports.Length ? firstPort + 1 : 0;
        for (int i = 0; i < ports.Length && !isStopped; i++)
        {
            int at = firstPort + i < ports.Length ? firstPort + i : firstPort + i - ports.Length;
            bool isReady = happened > 0 && requests[at].Happened != 0;
            if ((isReady || looks || sources[at].Pace != ArrivalPace.Quiet) && !hasEnded[at] && !ports[at].Serve(waits: false))
            {
                hasEnded[at] = true;
                live--;
            }
        }
    }

    /// <summary>Frames that have waited their time go on; what waits for a link is tried again.</summary>
    private void ServeQueues()
    {
        bool hasBacklog = false;
        foreach (var sink in sinks)
        {
            hasBacklog |= sink.HasBacklog;
        }

        foreach (var port in ports)
        {
            if ((hasBacklog || port.Delay == 0) && !isStopped)
            {
                port.ServeQueues();
            }
        }
    }

    /// <summary>Waits for frames, for room, for the bell, for a frame in a queue to be due, or for the next look.</summary>
    private int Wait()
    {
        var pace = ArrivalPace.Quiet;
        for (int i = 0; i < sources.Length; i++)
        {
            var own = hasEnded[i] ? ArrivalPace.Quiet : sources[i].Pace;
            pace = own > pace ? own : pace;
            requests[i] = new() { Descriptor = hasEnded[i] || own != ArrivalPace.Quiet ? -1 : sources[i].Descriptor, Wanted = NativeSocket.PollIn };
        }

        if (pace == ArrivalPace.Full && sources.Length == 1)
        {
            return 0;
        }

        int count = sources.Length;
        bool retries = false;
        foreach (var sink in sinks)
        {
            if (sink.HasBacklog)
            {
                int descriptor = sink.BlockedDescriptor;
                retries |= descriptor < 0;
                requests[count++] = new() { Descriptor = descriptor, Wanted = NativeSocket.PollOut };
            }
        }

        requests[count++] = new() { Descriptor = bell.Descriptor, Wanted = NativeSocket.PollIn };
        long wait = pace switch
        {
            ArrivalPace.Full => 0,
            ArrivalPace.Busy => Rest,
            _ => retries ? RetryEvery : LookEvery * NanosecondsOfMillisecond,
        };
        foreach (var port in ports)
        {
            wait = Math.Min(wait, port.Delay);
        }

        var timeout = new NativeSocket.TimeSpecification { Nanoseconds = (nint)wait };
        return NativeSocket.PollPrecisely(requests, (nuint)count, &timeout, signals: 0);
    }
}
