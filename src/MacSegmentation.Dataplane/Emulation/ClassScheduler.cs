using MacSegmentation.Profiles;

namespace MacSegmentation.Emulation;

/// <summary>Which traffic class is next: all as one, the highest, or by turns (deficit round robin; Shreedhar and Varghese, 1995).</summary>
internal sealed class ClassScheduler
{
    /// <summary>Octets of a turn for each share.</summary>
    private const int Quantum = 1514;

    private readonly WaitingFrames frames;
    private readonly Func<FrameBand> makeBand;
    private readonly FrameBand?[] bands = new FrameBand?[TrafficClass.Count];
    private readonly long[] deficits = new long[TrafficClass.Count];
    private readonly SchedulingClass scheduling;
    private int current = TrafficClass.Count - 1;
    private bool hasTurn;

    /// <summary>Creates an empty one.</summary>
    /// <param name="frames">All that wait.</param>
    /// <param name="scheduling">How.</param>
    /// <param name="makeBand">Makes the queue of a class, when its first frame comes.</param>
    public ClassScheduler(WaitingFrames frames, SchedulingClass scheduling, Func<FrameBand> makeBand)
    {
        this.frames = frames;
        this.scheduling = scheduling;
        this.makeBand = makeBand;
    }

    public void Add(int slot, ReadOnlySpan<byte> bytes)
    {
        int band = BandOf(frames.All[slot].Class);
        (bands[band] ??= makeBand()).Add(slot, bytes);
    }

    /// <summary>Takes note of a frame that leaves at once, because nothing waits.</summary>
    public void Pass(int trafficClass, int length, ReadOnlySpan<byte> bytes)
    {
        foreach (var band in bands)
        {
            band?.EndTurns();
        }

        (bands[BandOf(trafficClass)] ??= makeBand()).Pass(length, bytes);
    }

    /// <summary>The frame that is next if none is given up. Asked only while some wait.</summary>
    public int Peek() => bands[Select()]!.Peek();

    /// <summary>Takes out the next frame. Asked only while some wait.</summary>
    /// <param name="now">When it leaves.</param>
    /// <returns>Its slot; −1 if all of its class were given up.</returns>
    public int Take(long now)
    {
        int band = Select();
        int slot = bands[band]!.Take(now);
        deficits[band] -= slot < 0 ? 0 : frames.All[slot].Length;
        return slot;
    }

    /// <summary>All that wait.</summary>
    public IReadOnlyList<int> ListSlots() => [.. bands.OfType<FrameBand>().SelectMany(band => band.ListSlots())];

    /// <summary>Frames that wait in the queue of a class.</summary>
    public int CountIn(int trafficClass) => bands[BandOf(trafficClass)]?.Count ?? 0;

    /// <summary>Octets that leave before a frame of a class that comes now, as far as no more come.</summary>
    public long OctetsAheadOf(int trafficClass)
    {
        int band = BandOf(trafficClass);
        long octets = bands[band]?.Octets ?? 0;
        for (int higher = band + 1; scheduling == SchedulingClass.Strict && higher < bands.Length; higher++)
        {
            octets += bands[higher]?.Octets ?? 0;
        }

        return octets;
    }

    /// <summary>Makes room in the full queue of a class, at the cost of the flow that takes most of it.</summary>
    /// <returns>False if it gives up only what comes.</returns>
    public bool MakeRoom(int trafficClass) => bands[BandOf(trafficClass)]!.MakeRoom();

    private int BandOf(int trafficClass) => scheduling == SchedulingClass.FirstIn ? 0 : trafficClass;

    private int Select() => scheduling switch
    {
        SchedulingClass.Strict => Highest(),
        SchedulingClass.Weighted => InTurn(),
        _ => 0,
    };

    private int Highest()
    {
        int band = TrafficClass.Count - 1;
        while (bands[band] is not { Count: > 0 })
        {
            band--;
        }

        return band;
    }

    private int InTurn()
    {
        while (true)
        {
            if (bands[current] is { Count: > 0 } band)
            {
                deficits[current] += hasTurn ? 0 : Quantum * (current + 1);
                hasTurn = true;
                if (frames.All[band.Peek()].Length <= deficits[current])
                {
                    return current;
                }
            }
            else
            {
                deficits[current] = 0;
            }

            hasTurn = false;
            current = current == 0 ? TrafficClass.Count - 1 : current - 1;
        }
    }
}
