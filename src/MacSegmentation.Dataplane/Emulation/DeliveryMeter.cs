using System.Collections.Immutable;
using MacSegmentation.Profiles;

namespace MacSegmentation.Emulation;

/// <summary>
/// A bandwidth as a recording of packet deliveries, as Mahimahi's link emulator replays it: at each recorded time 1,504 octets may leave of what waited before. What is begun in one goes on in
/// the next; what a delivery leaves when nothing waits any more is lost. Mahimahi counts IP packets and four octets before each, so a frame costs ten octets less than it has.
/// </summary>
internal struct DeliveryMeter
{
    private const int Octets = 1504;
    private const int LessThanFrame = LinkTrace.DeliveryOctets - Octets;
    private const long Millisecond = 1_000_000;

    private ImmutableArray<int> times;
    private long duration;
    private long lapStart;
    private int next;
    private long credit;

    /// <summary>True if there is a recording.</summary>
    public readonly bool IsOn => !times.IsDefaultOrEmpty;

    /// <summary>Takes another recording, or none.</summary>
    /// <param name="trace">It; null for none.</param>
    /// <param name="origin">When it began.</param>
    /// <param name="now">The time: deliveries until now are over.</param>
    public void Use(LinkTrace? trace, long origin, long now)
    {
        times = trace?.GetDeliveries() ?? [];
        if (!IsOn)
        {
            credit = 0;
            return;
        }

        duration = times[^1] * Millisecond;
        lapStart = origin;
        Seek(now);
    }

    /// <summary>Nothing waits: goes to a time, and has only what comes after it.</summary>
    public void Seek(long now)
    {
        long lap = (now - lapStart) / duration;
        lapStart += lap * duration;
        long within = now - lapStart;
        int low = 0;
        for (int high = times.Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = times[middle] * Millisecond <= within ? (middle + 1, high) : (low, middle);
        }

        next = low;
        Wrap();
    }

    /// <summary>Nothing waits any more: what is left is lost.</summary>
    public void Forfeit() => credit = 0;

    /// <summary>When a frame that is next may leave: a time that may have passed.</summary>
    public readonly long ReadyAt(long length) => Missing(length) is > 0 and var missing ? TimeOf(missing - 1) : long.MinValue;

    /// <summary>How long it takes until so many octets have left.</summary>
    public readonly long DrainTime(long octets, long now) => ReadyAt(octets) is var ready && ready == long.MinValue ? 0 : Math.Max(ready - now, 0);

    /// <summary>Charges a frame that leaves.</summary>
    /// <param name="length">Its octets.</param>
    /// <param name="now">When: all deliveries until then that it needed are used up.</param>
    public void Charge(int length, long now)
    {
        while (credit < Cost(length) && TimeOf(0) <= now)
        {
            credit += Octets;
            next++;
            Wrap();
        }

        credit -= Cost(length);
    }

    private static long Cost(long length) => Math.Max(length - LessThanFrame, 1);

    private readonly long Missing(long length) => (Cost(length) - credit + Octets - 1) / Octets;

    private readonly long TimeOf(long ahead)
    {
        var (laps, place) = Math.DivRem(next + ahead, times.Length);
        return lapStart + (laps * duration) + (times[(int)place] * Millisecond);
    }

    private void Wrap()
    {
        if (next == times.Length)
        {
            next = 0;
            lapStart += duration;
        }
    }
}
