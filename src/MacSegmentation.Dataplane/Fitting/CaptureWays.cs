using MacSegmentation.Units;

namespace MacSegmentation.Fitting;

/// <summary>
/// Which frames went which way, and how the clocks of both ends compare. Who talks with each other across the link is at both ends of it, and what is seen later at one end went there; without a
/// given offset each way is taken for half of both.
/// </summary>
internal sealed class CaptureWays
{
    public CaptureWays(List<SeenFrame> near, List<SeenFrame> far, FrameMatch match, long? offset, List<string> remarks)
    {
        var differences = new Dictionary<(ulong Source, ulong Destination), List<long>>();
        for (int i = 0; i < near.Count; i++)
        {
            if (match.FarOf[i] is >= 0 and var other)
            {
                var key = (near[i].Source, near[i].Destination);
                if (!differences.TryGetValue(key, out var list))
                {
                    differences.Add(key, list = []);
                }

                list.Add(far[other].Time - near[i].Time);
            }
        }

        Offset = offset ?? Find(differences, remarks);
        var towards = new HashSet<ulong>();
        foreach (var source in differences.GroupBy(pair => pair.Key.Source, pair => pair.Value))
        {
            if (Median([.. source.SelectMany(list => list)]) >= Offset)
            {
                towards.Add(source.Key);
            }
        }

        FromNear = Select(near, far, match.FarOf, frame => towards.Contains(frame.Source), Offset);

        // Of a way through routers each end has addresses of its own.
        var back = Enumerable.Range(0, far.Count).Where(i => match.NearOf[i] is >= 0 and var at && !towards.Contains(near[at].Source)).Select(i => far[i].Source).ToHashSet();
        FromFar = Select(far, near, match.NearOf, frame => back.Contains(frame.Source), -Offset);
    }

    /// <summary>By how much the second clock is ahead, in nanoseconds.</summary>
    public long Offset { get; }

    /// <summary>Frames that were sent from the first end, by the time at which they were.</summary>
    public List<PassedFrame> FromNear { get; }

    /// <summary>Frames that were sent from the second end.</summary>
    public List<PassedFrame> FromFar { get; }

    private static long Find(Dictionary<(ulong Source, ulong Destination), List<long>> differences, List<string> remarks)
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var ((source, destination), there) in differences)
        {
            if (source < destination && differences.TryGetValue((destination, source), out var back))
            {
                var (forth, other) = Median(there) >= Median(back) ? (there, back) : (back, there);
                (least, most) = (Math.Min(least, forth.Min()), Math.Max(most, other.Max()));
            }
        }

        if (least == long.MaxValue)
        {
            remarks.Add("Nobody answers anybody in these captures, so nothing says how their clocks compare: they are taken to be the same. Give -ClockOffset by how much the second one's is ahead.");
            return 0;
        }

        long offset = (least + most) / 2;
        remarks.Add($"Each way is taken for half of both: the second capture's clock is then {new DelayTime(TimeSpan.FromTicks(offset / TimeSpan.NanosecondsPerTick))} ahead. Give -ClockOffset if you know better.");
        return offset;
    }

    /// <summary>What was sent between the first and the last frame that arrived: what came before or after, the other capture may not have been there for.</summary>
    private static List<PassedFrame> Select(List<SeenFrame> sent, List<SeenFrame> arrived, int[] other, Func<SeenFrame, bool> isOfWay, long offset)
    {
        var way = new List<PassedFrame>();
        int last = 0;
        for (int i = 0; i < sent.Count; i++)
        {
            if (isOfWay(sent[i]) && (other[i] >= 0 || way.Count > 0))
            {
                way.Add(new PassedFrame(sent[i].Time, other[i] >= 0 ? arrived[other[i]].Time - offset : null, sent[i].Length));
                last = other[i] >= 0 ? way.Count : last;
            }
        }

        return way[..last];
    }

    private static long Median(List<long> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
