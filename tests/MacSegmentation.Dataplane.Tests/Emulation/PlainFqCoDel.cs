namespace MacSegmentation.Emulation;

/// <summary>RFC 8290 section 4, transcribed from its text over constant frames and flows that are told apart by number; each queue is under <see cref="PlainCoDel"/>: nothing of ours is in it.</summary>
internal sealed class PlainFqCoDel
{
    private const int Quantum = 1514;

    private readonly Dictionary<int, FlowQueue> queues = [];
    private readonly LinkedList<FlowQueue> newQueues = new();
    private readonly LinkedList<FlowQueue> oldQueues = new();

    public int Count => queues.Values.Sum(queue => queue.CoDel.Count);

    public IReadOnlyList<int> Dropped => [.. queues.Values.SelectMany(queue => queue.CoDel.Dropped)];

    /// <summary>Section 4.1: a queue that is on neither list goes to the end of the new ones, with a quantum of credits.</summary>
    public void Enqueue(int flow, int number, long now, int bytes)
    {
        if (!queues.TryGetValue(flow, out var queue))
        {
            queues.Add(flow, queue = new FlowQueue());
        }

        queue.CoDel.Enqueue(number, now, bytes);
        if (!newQueues.Contains(queue) && !oldQueues.Contains(queue))
        {
            queue.Credits = Quantum;
            newQueues.AddLast(queue);
        }
    }

    /// <summary>Section 4.2.</summary>
    public (int Number, long Timestamp, int Bytes)? Dequeue(long now)
    {
        while (true)
        {
            var list = newQueues.Count > 0 ? newQueues : oldQueues;
            if (list.First is not { Value: var queue })
            {
                return null;
            }

            if (queue.Credits <= 0)
            {
                queue.Credits += Quantum;
                list.RemoveFirst();
                oldQueues.AddLast(queue);
                continue;
            }

            if (queue.CoDel.Dequeue(now) is { } packet)
            {
                queue.Credits -= packet.Bytes;
                return packet;
            }

            list.RemoveFirst();
            if (list == newQueues)
            {
                oldQueues.AddLast(queue);
            }
        }
    }

    private sealed class FlowQueue
    {
        public PlainCoDel CoDel { get; } = new();

        public int Credits { get; set; }
    }
}
