namespace MacSegmentation.Emulation;

/// <summary>RFC 8289 section 5, transcribed line by line, over a queue of constant frames: nothing of ours is in it.</summary>
internal sealed class PlainCoDel
{
    private const long TARGET = 5_000_000;
    private const long INTERVAL = 100_000_000;
    private const int MaxPacket = 1514;

    private readonly Queue<(int Number, long Timestamp, int Bytes)> queue = new();
    private long firstAboveTime;
    private long dropNext;
    private uint count;
    private uint lastcount;
    private int dropping;

    public List<int> Dropped { get; } = [];

    public int Count => queue.Count;

    public void Enqueue(int number, long now, int bytes) => queue.Enqueue((number, now, bytes));

    public (int Number, long Timestamp, int Bytes)? Dequeue(long now)
    {
        var r = DoDequeue(now);
        if (dropping != 0)
        {
            if (r.OkToDrop == 0)
            {
                dropping = 0;
            }

            while (now >= dropNext && dropping != 0)
            {
                Dropped.Add(r.Packet!.Value.Number);
                ++count;
                r = DoDequeue(now);
                if (r.OkToDrop == 0)
                {
                    dropping = 0;
                }
                else
                {
                    dropNext = ControlLaw(dropNext, count);
                }
            }
        }
        else if (r.OkToDrop != 0)
        {
            Dropped.Add(r.Packet!.Value.Number);
            r = DoDequeue(now);
            dropping = 1;
            uint delta = count - lastcount;
            count = 1;
            if (delta > 1 && now - dropNext < 16 * INTERVAL)
            {
                count = delta;
            }

            dropNext = ControlLaw(now, count);
            lastcount = count;
        }

        return r.Packet;
    }

    private static long ControlLaw(long t, uint count) => t + (long)(INTERVAL / Math.Sqrt(count));

    private ((int Number, long Timestamp, int Bytes)? Packet, int OkToDrop) DoDequeue(long now)
    {
        if (queue.Count == 0)
        {
            firstAboveTime = 0;
            return (null, 0);
        }

        var p = queue.Dequeue();
        int okToDrop = 0;
        long sojournTime = now - p.Timestamp;
        if (sojournTime < TARGET || queue.Sum(one => one.Bytes) <= MaxPacket)
        {
            firstAboveTime = 0;
        }
        else if (firstAboveTime == 0)
        {
            firstAboveTime = now + INTERVAL;
        }
        else if (now >= firstAboveTime)
        {
            okToDrop = 1;
        }

        return (p, okToDrop);
    }
}
