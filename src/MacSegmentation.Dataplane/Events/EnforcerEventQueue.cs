using System.Threading.Channels;

namespace MacSegmentation.Events;

/// <summary>
/// What an enforcer tells, waiting for whoever reads it. The writer never waits: with no reader, or a slow one, what does not fit is counted
/// and lost.
/// </summary>
public sealed class EnforcerEventQueue
{
    private readonly Channel<MacEnforcerEvent> channel;
    private long lost;

    internal EnforcerEventQueue(int capacity)
    {
        channel = Channel.CreateBounded<MacEnforcerEvent>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Where the events are read. It completes after the enforcer's last event.</summary>
    public ChannelReader<MacEnforcerEvent> Reader => channel.Reader;

    /// <summary>Events that found no room.</summary>
    public long Lost => Volatile.Read(ref lost);

    internal void Publish(MacEnforcerEvent happened)
    {
        if (!channel.Writer.TryWrite(happened))
        {
            Interlocked.Increment(ref lost);
        }
    }

    internal void Complete() => channel.Writer.TryComplete();
}
