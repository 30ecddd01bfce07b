using System.Runtime.CompilerServices;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Partitions;
using MacSegmentation.Pipeline;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>
/// The MAC policies of the frame's VLAN: the first that matches decides, else the VLAN's default action. Where there are partitions, what the default action would refuse goes on to them.
/// </summary>
internal sealed class PolicyStage : FrameStage
{
    private readonly PolicyHitCounter hits = new();
    private bool leavesOpen;
    private long validFrom = long.MaxValue;
    private long validUntil = long.MinValue;
    private DecisionTable table = DecisionTable.Compile(new ConfigurationSnapshot(0, []));

    public override string Name => "Policy";

    /// <summary>The active table.</summary>
    public DecisionTable Table => table;

    /// <summary>
    /// Goes over to the policies that are in force when a frame came, for frames that tell the time themselves: those of a capture, and traced ones. The policies have the same places
    /// in each of these tables, so their hits go on.
    /// </summary>
    /// <param name="timestamp">Nanoseconds since 1970.</param>
    public void MoveTo(long timestamp)
    {
        if (timestamp < validFrom || timestamp >= validUntil)
        {
            table = table.At(FrameTime.ToCalendar(timestamp));
            validFrom = table.LastExpiry is { } last ? FrameTime.Saturated(last) : long.MinValue;
            validUntil = table.NextExpiry is { } next ? FrameTime.Saturated(next) : long.MaxValue;
        }
    }

    /// <summary>Frames that a policy decided over.</summary>
    public PolicyHitCounter Hits => hits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Judge(ref FrameContext frame)
    {
        var verdict = table.Decide(frame.Header.VlanId, frame.Header.Source, frame.Header.Destination);
        if (verdict.IsByPolicy)
        {
            hits.Count(verdict.PolicyIndex);
        }

        frame.Verdict = verdict;
        if (verdict.Action == PolicyAction.Allow || (leavesOpen && verdict.Reason == VerdictReason.DefaultAction))
        {
            return true;
        }

        frame.EndedBy = this;
        return false;
    }

    /// <summary>True if the policies would let a frame through. It counts nothing.</summary>
    public bool Allows(int vlanId, ulong source, ulong destination) => table.Decide(vlanId, source, destination).Action == PolicyAction.Allow;

    public override Action? Prepare(EnforcerTables next)
    {
        var policies = next.Policies;
        var counting = hits.Prepare(policies);
        bool hasPartitions = !next.Snapshot.Of<MacPartition>().IsEmpty;
        return () =>
        {
            table = policies;
            (validFrom, validUntil) = (long.MaxValue, long.MinValue);
            leavesOpen = hasPartitions;
            counting();
        };
    }

    public override string? DescribePassage(in FrameContext frame) =>
        MacPolicyTest.Explain(table, frame.Verdict, frame.Header.VlanId, new MacAddress(frame.Header.Source), new MacAddress(frame.Header.Destination));

    public override string? DescribeRefusal(in FrameContext frame) => DescribePassage(frame);
}
