using System.Runtime.CompilerServices;
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
    private DecisionTable table = DecisionTable.Compile(new ConfigurationSnapshot(0, []));

    public override string Name => "Policy";

    /// <summary>The active table.</summary>
    public DecisionTable Table => table;

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
            leavesOpen = hasPartitions;
            counting();
        };
    }

    public override string? DescribePassage(in FrameContext frame) => MacPolicyTest.Explain(table, frame.Verdict, frame.Header.VlanId);

    public override string? DescribeRefusal(in FrameContext frame) => DescribePassage(frame);
}
