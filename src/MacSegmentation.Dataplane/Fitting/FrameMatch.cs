namespace MacSegmentation.Fitting;

/// <summary>Which frame of one capture is which of another. Frames that look alike are the same in their sequence; if one end has fewer, those are the same whose way took about as long as all.</summary>
internal sealed class FrameMatch
{
    /// <summary>Finds the frames that both captures have.</summary>
    /// <param name="near">The one capture's, by their times.</param>
    /// <param name="far">The other's.</param>
    public FrameMatch(List<SeenFrame> near, List<SeenFrame> far)
    {
        FarOf = Enumerable.Repeat(-1, near.Count).ToArray();
        NearOf = Enumerable.Repeat(-1, far.Count).ToArray();
        var (nears, fars) = (ByDigest(near), ByDigest(far));
        var differences = new List<long>();
        foreach (var (digest, ones) in nears)
        {
            if (fars.TryGetValue(digest, out var others) && others.Count == ones.Count)
            {
                for (int i = 0; i < ones.Count; i++)
                {
                    Join(ones[i], others[i]);
                    differences.Add(far[others[i]].Time - near[ones[i]].Time);
                }
            }
        }

        differences.Sort();
        long usual = differences.Count == 0 ? 0 : differences[differences.Count / 2];
        foreach (var (digest, ones) in nears)
        {
            if (fars.TryGetValue(digest, out var others) && others.Count != ones.Count)
            {
                JoinNearest(near, far, ones, others, usual);
            }
        }
    }

    /// <summary>For each frame of the first capture its place in the second, or −1.</summary>
    public int[] FarOf { get; }

    /// <summary>For each frame of the second capture its place in the first, or −1.</summary>
    public int[] NearOf { get; }

    private static Dictionary<UInt128, List<int>> ByDigest(List<SeenFrame> frames)
    {
        var places = new Dictionary<UInt128, List<int>>(frames.Count);
        for (int i = 0; i < frames.Count; i++)
        {
            if (!places.TryGetValue(frames[i].Digest, out var same))
            {
                places.Add(frames[i].Digest, same = new List<int>(1));
            }

            same.Add(i);
        }

        return places;
    }

    private void JoinNearest(List<SeenFrame> near, List<SeenFrame> far, List<int> ones, List<int> others, long usual)
    {
        var (fewer, more) = ones.Count < others.Count ? (ones, others) : (others, ones);
        long Off(int few, int many) => Math.Abs(ReferenceEquals(fewer, ones) ? far[many].Time - near[few].Time - usual : far[few].Time - near[many].Time - usual);
        int next = 0;
        for (int i = 0; i < fewer.Count; i++, next++)
        {
            for (int rest = fewer.Count - i; next + rest < more.Count && Off(fewer[i], more[next + 1]) < Off(fewer[i], more[next]);)
            {
                next++;
            }

            Join(ReferenceEquals(fewer, ones) ? fewer[i] : more[next], ReferenceEquals(fewer, ones) ? more[next] : fewer[i]);
        }
    }

    private void Join(int near, int far) => (FarOf[near], NearOf[far]) = (far, near);
}
