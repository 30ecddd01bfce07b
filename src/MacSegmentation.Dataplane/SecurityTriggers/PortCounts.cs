using MacSegmentation.Conditions;
using MacSegmentation.Counting;
using MacSegmentation.Ownership;
using MacSegmentation.PortSecurity;
using MacSegmentation.Verdicts;

namespace MacSegmentation.SecurityTriggers;

/// <summary>What the metrics of triggers are at one port. A count begins with the first thing counted: at a port where nothing happens there is none.</summary>
internal sealed class PortCounts : IConditionReadings
{
    /// <summary>Refusals of a frame that claims an address of another.</summary>
    public static readonly VerdictReason[] Spoofing =
    [
        PortSecurityReasons.SourceMacNotAllowed, PortSecurityReasons.SourceIPNotAllowed, PortSecurityReasons.ArpSenderNotAllowed, PortSecurityReasons.VrrpAddressNotAllowed,
        PortSecurityReasons.DhcpClientAddressNotAllowed, LearningStage.AddressHeldElsewhere,
    ];

    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(ConditionMetric Metric, TimeSpan Window), SlidingCount> counts = [];
    private PortNumbers before;
    private long lookedAt;
    private long since;

    /// <summary>Creates the counts.</summary>
    /// <param name="arrivals">What had come in before, which does not count.</param>
    /// <param name="now">When.</param>
    public PortCounts(in PortArrivals arrivals, long now)
    {
        before = PortNumbers.Of(arrivals);
        lookedAt = now;
    }

    /// <summary>What has been counted for which trigger up to when: it fired then, and what made it fire does not do so again.</summary>
    public Dictionary<string, long> SpentAt { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True if anything was ever counted.</summary>
    public bool HasAny => counts.Count > 0;

    /// <summary>Takes in what came in since the last look.</summary>
    /// <param name="arrivals">What has come in.</param>
    /// <param name="now">When, in ticks of 100 ns.</param>
    /// <param name="comparisons">What is asked about.</param>
    public void Look(in PortArrivals arrivals, long now, IReadOnlyList<MacConditionComparison> comparisons)
    {
        var numbers = PortNumbers.Of(arrivals);
        for (int i = 0; i < comparisons.Count; i++)
        {
            long amount = numbers.Get(comparisons[i].Metric) - before.Get(comparisons[i].Metric);
            if (amount > 0)
            {
                var key = KeyOf(comparisons[i]);
                if (!counts.TryGetValue(key, out var count))
                {
                    counts.Add(key, count = new SlidingCount(key.Window));
                }

                count.Add(lookedAt, now, amount);
            }
        }

        before = numbers;
        lookedAt = now;
    }

    /// <summary>Forgets what nobody asks about any more.</summary>
    public void Keep(IReadOnlySet<(ConditionMetric Metric, TimeSpan Window)> asked, IReadOnlySet<string> triggers)
    {
        foreach (var key in counts.Keys.Where(key => !asked.Contains(key)).ToArray())
        {
            counts.Remove(key);
        }

        foreach (string gone in SpentAt.Keys.Where(name => !triggers.Contains(name)).ToArray())
        {
            SpentAt.Remove(gone);
        }
    }

    /// <summary>True if a condition is met by what was counted since a trigger last fired here.</summary>
    public bool Meets(MacCondition condition, string trigger)
    {
        since = SpentAt.GetValueOrDefault(trigger, -1);
        return condition.IsMet(this);
    }

    /// <summary>What has been counted, in words.</summary>
    public string Describe(MacCondition condition, string trigger)
    {
        since = SpentAt.GetValueOrDefault(trigger, -1);
        return string.Join(", ", condition.Comparisons.Select(comparison => comparison.DescribeReading(Read(comparison))).Distinct(StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public long Read(MacConditionComparison comparison) => counts.TryGetValue(KeyOf(comparison), out var count) ? count.Read(lookedAt, since) : 0;

    /// <summary>What a comparison counts, and how long.</summary>
    public static (ConditionMetric Metric, TimeSpan Window) KeyOf(MacConditionComparison comparison) => (comparison.Metric, comparison.Metric.IsWindowed ? comparison.Window : RateWindow);

    /// <summary>The numbers of a port that metrics are made of.</summary>
    private readonly record struct PortNumbers(long Denials, long SpoofRefusals, long ArpPackets, long NewAddresses)
    {
        public static PortNumbers Of(in PortArrivals arrivals)
        {
            long spoofs = 0;
            foreach (var reason in Spoofing)
            {
                spoofs += arrivals.Traffic.Denied[reason.Number];
            }

            return new PortNumbers(arrivals.Traffic.Denied.Sum(), spoofs, arrivals.ArpPackets, arrivals.NewAddresses);
        }

        public long Get(ConditionMetric metric) => metric == TriggerMetrics.Denials ? Denials
            : metric == TriggerMetrics.SpoofRefusals ? SpoofRefusals
            : metric == TriggerMetrics.ArpRate ? ArpPackets
            : NewAddresses;
    }
}
