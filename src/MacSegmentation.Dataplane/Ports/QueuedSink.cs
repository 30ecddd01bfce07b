using MacSegmentation.Frames;

namespace MacSegmentation.Ports;

/// <summary>
/// The egress queue of a port whose sending may block, with a thread that serves it: who hands it a frame never waits for the link. What finds no room is not
/// taken.
/// </summary>
internal sealed class QueuedSink : IFrameSink
{
    private const int MaxFrames = 256;

    private readonly IFrameSink link;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly byte[][] frames = new byte[MaxFrames][];
    private readonly int[] lengths = new int[MaxFrames];
    private readonly Thread sender;
    private int first;
    private int count;
    private int unsent;
    private bool hasNews;
    private volatile bool isClosed;
    private volatile Exception? failure;

    /// <summary>Takes over a port's sending side.</summary>
    /// <param name="link">What sends. Only the queue's thread uses it from now on.</param>
    public QueuedSink(IFrameSink link)
    {
        this.link = link;
        Array.Fill(frames, []);
        sender = new Thread(Send) { IsBackground = true, Name = $"egress {link.Name}" };
        sender.Start();
    }

    /// <inheritdoc/>
    public string Name => link.Name;

    /// <inheritdoc/>
    public bool Send(in Frame frame)
    {
        lock (gate)
        {
            if (count == MaxFrames)
            {
                return false;
            }

            int slot = (first + count) % MaxFrames;
            if (frames[slot].Length < frame.Bytes.Length)
            {
                frames[slot] = new byte[Math.Max(frame.Bytes.Length, 2048)];
            }

            frame.Bytes.CopyTo(frames[slot]);
            lengths[slot] = frame.Bytes.Length;
            count++;
            hasNews = true;
            return true;
        }
    }

    /// <inheritdoc/>
    public int Flush()
    {
        bool wakes;
        lock (gate)
        {
            wakes = hasNews;
            hasNews = false;
        }

        if (wakes)
        {
            arrived.Release();
        }

        return failure is { } thrown ? throw new IOException($"{Name} could not send: {thrown.Message}", thrown) : Interlocked.Exchange(ref unsent, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isClosed)
        {
            isClosed = true;
            arrived.Release();
            sender.Join();
            link.Dispose();
            arrived.Dispose();
        }
    }

    /// <summary>The thread. Nothing may escape: it would end the process.</summary>
    private void Send()
    {
        try
        {
            while (!isClosed)
            {
                arrived.Wait();
                while (!isClosed && SendFirst())
                {
                }

                Interlocked.Add(ref unsent, link.Flush());
            }
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }
    }

    private bool SendFirst()
    {
        byte[] bytes;
        int length;
        lock (gate)
        {
            if (count == 0)
            {
                return false;
            }

            (bytes, length) = (frames[first], lengths[first]);
        }

        // The slot is not given out again before it is taken off below.
        if (!link.Send(new Frame(bytes.AsSpan(0, length), length, timestamp: 0)))
        {
            Interlocked.Increment(ref unsent);
        }

        lock (gate)
        {
            first = (first + 1) % MaxFrames;
            count--;
        }

        return true;
    }
}
