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
    private ImmutableArray<MacProfile> profiles = [];
    private NicLook[] latest = [];
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

            bool isSame = profilesNow == profiles;
            profiles = profilesNow;
            counts.Clear();
            engine.ReadNics(counts);

            // Ports stand in the same sequence as before, unless a record came or went. Where nothing has changed, neither has the list.
            var looks = latest.Length == counts.Count ? latest : new NicLook[counts.Count];
            for (int i = 0; i < looks.Length; i++)
            {
                if (!isSame || i >= latest.Length || !IsIdle(latest[i]) || latest[i].Counts != counts[i])
                {
                    looks = ReferenceEquals(looks, latest) ? [.. latest] : looks;
                    looks[i] = Describe(counts[i]);
                }
                else if (!ReferenceEquals(looks, latest))
                {
                    looks[i] = latest[i];
                }
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

    private static bool IsIdle(in NicLook look) => IsIdle(look.FromInstance) && IsIdle(look.ToInstance);

    private static bool IsIdle(LinkStatistics? link) => link is null or { FramesWaiting: 0, Rate.BitsPerSecond: 0 };
}
