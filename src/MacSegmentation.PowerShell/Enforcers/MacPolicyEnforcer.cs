using MacSegmentation.Enforcement;
using MacSegmentation.NicMetrics;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Switch;
using MacSegmentation.Units;

namespace MacSegmentation.Enforcers;

/// <summary>What an enforcer of this session does and did, as of one moment.</summary>
public sealed record MacPolicyEnforcer
{
    private readonly EnforcerStatistics statistics;

    internal MacPolicyEnforcer(MacPolicyEnforcerJob job, EnforcerStatistics statistics, FlowStatistics? flows, IReadOnlyList<PolicyHits>? policyHits, IReadOnlyList<PartitionHits>? partitionHits)
    {
        this.statistics = statistics;
        Id = job.Id;
        Name = job.Name;
        Location = job.Location;
        EventsLost = statistics.EventsLost + job.EventsDiscarded;

        // As arrays: PowerShell cannot index into the lists that the compiler makes of collection expressions.
        Directions = TextList.Of<DirectionStatistics>(statistics.Directions);
        Ports = TextList.Of<SwitchPortStatistics>(statistics.Ports);
        FlowStatistics = flows;
        PolicyHits = policyHits is null ? null : TextList.Of<PolicyHits>(policyHits);
        PartitionHits = partitionHits is null ? null : TextList.Of<PartitionHits>(partitionHits);
    }

    /// <summary>The job's id.</summary>
    public int Id { get; }

    /// <summary>The job's name.</summary>
    public string Name { get; }

    /// <summary>Where the frames come from and go to.</summary>
    public string Location { get; }

    /// <summary>Where the enforcer is in its life.</summary>
    public EnforcerState State => statistics.State;

    /// <summary>The moment of these numbers.</summary>
    public DateTimeOffset Time => statistics.Time;

    /// <summary>Time since the start; up to the end if it has ended.</summary>
    public TimeSpan Elapsed => statistics.Elapsed;

    /// <summary>Frames taken in: those forwarded, answered, denied and dropped, and those that wait.</summary>
    public long FramesIn => statistics.Total.FramesIn;

    /// <summary>Octets taken in.</summary>
    public long BytesIn => statistics.Total.BytesIn;

    /// <summary>Frames sent.</summary>
    public long FramesForwarded => statistics.Total.FramesForwarded;

    /// <summary>Octets sent.</summary>
    public long BytesForwarded => statistics.Total.BytesForwarded;

    /// <summary>Requests for addresses that the switch answered itself.</summary>
    public long FramesAnswered => statistics.Total.FramesAnswered;

    /// <summary>Octets of those requests.</summary>
    public long BytesAnswered => statistics.Total.BytesAnswered;

    /// <summary>Frames that wait in ingress queues now.</summary>
    public long FramesQueued => statistics.Total.FramesQueued;

    /// <summary>Octets of the frames that wait.</summary>
    public long BytesQueued => statistics.Total.BytesQueued;

    /// <summary>Frames refused, and reported.</summary>
    public long FramesDenied => statistics.Total.FramesDenied;

    /// <summary>Octets refused.</summary>
    public long BytesDenied => statistics.Total.BytesDenied;

    /// <summary>Frames discarded in silence.</summary>
    public long FramesDropped => statistics.Total.FramesDropped;

    /// <summary>Octets discarded in silence.</summary>
    public long BytesDropped => statistics.Total.BytesDropped;

    /// <summary>Frames refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> DeniedByReason => statistics.Total.DeniedByReason;

    /// <summary>Frames discarded in silence, by reason.</summary>
    public IReadOnlyDictionary<string, long> DroppedByReason => statistics.Total.DroppedByReason;

    /// <summary>Frames that the system lost before the enforcer could take them in: pcap's own drop counters.</summary>
    public long FramesLost => statistics.Total.FramesLost;

    /// <summary>Frames taken in a second, over about the last second.</summary>
    public double FramesInPerSecond => statistics.Rates.FramesInPerSecond;

    /// <summary>Bits taken in a second.</summary>
    public double BitsInPerSecond => statistics.Rates.BitsInPerSecond;

    /// <summary>Frames sent a second.</summary>
    public double FramesForwardedPerSecond => statistics.Rates.FramesForwardedPerSecond;

    /// <summary>Bits sent a second.</summary>
    public double BitsForwardedPerSecond => statistics.Rates.BitsForwardedPerSecond;

    /// <summary>The store's revision of the table in force.</summary>
    public long StoreRevision => statistics.TableRevision;

    /// <summary>Time since that table came into force.</summary>
    public TimeSpan TableAge => statistics.TableAge;

    /// <summary>False while the store cannot be read; the table then stays in force.</summary>
    public bool IsStoreReachable => statistics.IsStoreReachable;

    /// <summary>Events that found no room because nobody received the job's output.</summary>
    public long EventsLost { get; }

    /// <summary>The same numbers for each direction; none if the enforcer is a switch.</summary>
    public IReadOnlyList<DirectionStatistics> Directions { get; }

    /// <summary>The same numbers for each port of a switch; none of other enforcers.</summary>
    public IReadOnlyList<SwitchPortStatistics> Ports { get; }

    /// <summary>How many flows the security groups of a switch remember; null of other enforcers.</summary>
    public FlowStatistics? FlowStatistics { get; }

    /// <summary>How many frames each policy decided over, in the policies' order; null unless asked for.</summary>
    public IReadOnlyList<PolicyHits>? PolicyHits { get; }

    /// <summary>What was measured last at the ports of interface records, in each direction; null if that was not asked for.</summary>
    public IReadOnlyList<MacNicMetric>? NicMetrics { get; internal init => field = value is null ? null : TextList.Of<MacNicMetric>(value); }

    /// <summary>How many frames each policy of the partitions decided over, or would have if it is staged, if that was asked for.</summary>
    public IReadOnlyList<PartitionHits>? PartitionHits { get; }
}
