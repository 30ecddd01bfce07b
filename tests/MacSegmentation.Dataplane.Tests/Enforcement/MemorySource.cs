using System.Collections.Concurrent;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Enforcement;

/// <summary>A port whose frames a test puts in; it waits for them as a live one does, until it is told that no more come.</summary>
internal sealed class MemorySource(string name) : IFrameSource
{
    private readonly BlockingCollection<Item> items = [];
    private readonly CancellationTokenSource interrupt = new();

    public string Name { get; } = name;

    /// <summary>What the system claims to have lost.</summary>
    public long Lost { get; set; }

    public bool IsDisposed { get; private set; }

    public void Add(byte[] frame, int? originalLength = null, long timestamp = 0) =>
        items.Add(new Item(frame, originalLength ?? frame.Length, timestamp, null, SourceState.Open));

    public void Add(SourceState state) => items.Add(new Item(null, 0, 0, null, state));

    public void Add(Exception error) => items.Add(new Item(null, 0, 0, error, SourceState.Open));

    public void End() => items.CompleteAdding();

    public SourceState Receive(IFrameHandler handler)
    {
        try
        {
            if (!items.TryTake(out var item, 50, interrupt.Token))
            {
                return items.IsCompleted ? SourceState.Ended : SourceState.Open;
            }

            // A batch is what is there, up to a limit, as with a ring.
            for (int i = 0; ; i++)
            {
                if (item.Error is not null)
                {
                    throw item.Error;
                }

                if (item.Bytes is null)
                {
                    return item.State;
                }

                handler.Handle(new Frame(item.Bytes, item.OriginalLength, item.Timestamp));
                if (i == 63 || !items.TryTake(out item))
                {
                    return SourceState.Open;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return SourceState.Open;
        }
    }

    public void Interrupt() => interrupt.Cancel();

    public long ReadLostFrames() => Lost;

    public void Dispose() => IsDisposed = true;

    private sealed record Item(byte[]? Bytes, int OriginalLength, long Timestamp, Exception? Error, SourceState State);
}
