using System.Runtime.InteropServices;
using System.Threading.Channels;
using MacSegmentation.Limits;

namespace MacSegmentation.Events;

/// <summary>
/// What an enforcer tells, waiting for whoever reads it. The writer never waits: with no reader, or a slow one, what does not fit is counted
/// and lost. One port's events fill their share only, so what others tell, and the enforcer itself, finds room.
/// </summary>
public sealed class EnforcerEventQueue
{
    private readonly Lock gate = new();
    private readonly Channel<MacEnforcerEvent> channel;
    private readonly int capacity;
    private readonly Dictionary<string, int> waitingOfPort = new(StringComparer.Ordinal);
    private long lost;

    internal EnforcerEventQueue(int capacity)
    {
        this.capacity = capacity;
        channel = Channel.CreateBounded<MacEnforcerEvent>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });
        Reader = new SharingReader(this);
    }

    /// <summary>Where the events are read. It completes after the enforcer's last event.</summary>
    public ChannelReader<MacEnforcerEvent> Reader { get; }

    /// <summary>Events that found no room.</summary>
    public long Lost => Volatile.Read(ref lost);

    internal void Publish(MacEnforcerEvent happened)
    {
        lock (gate)
        {
            if (happened.Port is not { } port)
            {
                lost += channel.Writer.TryWrite(happened) ? 0 : 1;
                return;
            }

            ref int waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(waitingOfPort, port, out _);
            if (DynamicThreshold.Admits(waiting, 1, capacity - channel.Reader.Count) && channel.Writer.TryWrite(happened))
            {
                waiting++;
            }
            else
            {
                lost++;
            }
        }
    }

    internal void Complete() => channel.Writer.TryComplete();

    /// <summary>Gives a port's share back with each of its events that is read.</summary>
    private sealed class SharingReader(EnforcerEventQueue queue) : ChannelReader<MacEnforcerEvent>
    {
        private readonly ChannelReader<MacEnforcerEvent> reader = queue.channel.Reader;

        public override Task Completion => reader.Completion;

        public override bool CanCount => reader.CanCount;

        public override bool CanPeek => reader.CanPeek;

        public override int Count => reader.Count;

        public override bool TryPeek(out MacEnforcerEvent item) => reader.TryPeek(out item!);

        public override bool TryRead(out MacEnforcerEvent item)
        {
            if (!reader.TryRead(out item!))
            {
                return false;
            }

            if (item.Port is { } port)
            {
                lock (queue.gate)
                {
                    queue.waitingOfPort[port]--;
                }
            }

            return true;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => reader.WaitToReadAsync(cancellationToken);
    }
}
