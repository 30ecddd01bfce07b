using System.Collections.Immutable;
using MacSegmentation.Counting;
using MacSegmentation.Emulation;
using MacSegmentation.Profiles;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <summary>
/// Looks at the ports of interface records, for all who stand beside an enforcer: within moments they share one look. What a profile does is asked only of ports where something went by since the
/// look before, or waits: of ten thousand idle ports a look reads the counts.
/// </summary>
/// <param name="engine">What has the ports.</param>
/// <param name="clock">The clock.</param>
internal sealed class NicLooker(IForwardingEngine engine, TimeProvider clock)
{
    /// <summary>How old a look may be that is shared: those who look do so once a second.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly List<NicCounts> counts = [];
    private readonly Dictionary<int, NicLook> before = [];
    private ImmutableArray<MacProfile> profiles = [];
    private IReadOnlyList<NicLook> latest = [];
    private long lookedAt;

    /// <summary>Looks.</summary>
    /// <param name="profilesNow">The profiles in force: with others, all is asked anew.</param>
    /// <param name="isNew">True to look anew, however short a time ago somebody did.</param>
    public IReadOnlyList<NicLook> Look(ImmutableArray<MacProfile> profilesNow, bool isNew)
    {
        lock (gate)
        {
            if (!isNew && lookedAt != 0 && profilesNow == profiles && clock.GetElapsedTime(lookedAt) is { Ticks: > 0 } age && age < Age)
            {
                return latest;
            }

            if (profilesNow != profiles)
            {
                before.Clear();
                profiles = profilesNow;
            }

            counts.Clear();
            engine.ReadNics(counts);
            var looks = new NicLook[counts.Count];
            for (int i = 0; i < looks.Length; i++)
            {
                var count = counts[i];
                looks[i] = before.TryGetValue(count.Port, out var last) && last.Counts == count && IsIdle(last.FromInstance) && IsIdle(last.ToInstance) ? last : Describe(count);
                before[count.Port] = looks[i];
            }

            lookedAt = clock.GetTimestamp();
            return latest = looks;
        }
    }

    private NicLook Describe(NicCounts count)
    {
        var (from, to) = engine.DescribeLinks(count.Port);
        return new NicLook(count, from, to);
    }

    private static bool IsIdle(LinkStatistics? link) => link is null or { FramesWaiting: 0, Rate.BitsPerSecond: 0 };
}
