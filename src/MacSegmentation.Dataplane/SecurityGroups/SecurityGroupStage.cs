using System.Runtime.CompilerServices;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.SecurityGroups;

/// <summary>Judges each copy of a frame by the security groups of both its ends (<see cref="GroupFilter"/>).</summary>
/// <param name="ports">The ports.</param>
/// <param name="filter">The rules and what was admitted by them.</param>
internal sealed class SecurityGroupStage(IReadOnlyList<SwitchPort> ports, GroupFilter filter) : FrameStage
{
    /// <summary>No rule of the security groups admits the frame.</summary>
    public static readonly VerdictReason NotAdmitted = VerdictReason.Define("SecurityGroup", "no rule of the security groups");

    private PortGroups[] groups = [.. Enumerable.Repeat(PortGroups.Unrestricted, ports.Count)];
    private GroupTable table = GroupTable.Empty;

    /// <summary>Number of the active tables, for flows that former ones admitted.</summary>
    private uint epoch;

    public override string Name => "SecurityGroup";

    /// <summary>What it remembers.</summary>
    public GroupFilter Filter => filter;

    /// <summary>Has what is remembered of the frame's flow come while other stages look at it. To be told of every frame that goes on.</summary>
    /// <param name="frame">The frame.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Foresee(in FrameContext frame) => filter.Foresee(groups[frame.Port.Index], frame.Header.VlanId, frame.Packet, frame.Bytes);

    /// <summary>Judges the copy that is about to leave by <see cref="FrameContext.To"/>.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">The port that the copy is to leave by.</param>
    /// <param name="refusal">Why it may not; not to be used if it may.</param>
    public bool Judge(in FrameContext frame, SwitchPort to, out VerdictReason refusal) => filter.Admit(
        groups[frame.Port.Index], groups[to.Index], frame.Header.VlanId, frame.Packet, frame.Bytes, epoch, frame.Timestamp, out refusal);

    public override Action? Prepare(EnforcerTables next)
    {
        var made = GroupTable.Prepare(next.Snapshot, next.Changes, table, out var setAddresses);
        if (ReferenceEquals(made, table))
        {
            return null;
        }

        PortGroups[] ofPorts = [.. next.Records.Select((record, port) =>
            record is null ? PortGroups.Unrestricted
            : ReferenceEquals(ports[port].Record, record) && made.HasRulesOf(table) ? groups[port]
            : made.Of(record))];
        return () =>
        {
            table = made;
            groups = ofPorts;
            setAddresses();
            epoch++;
        };
    }

    public override void Reset() => filter.Clear();

    public override void Sweep(long now) => filter.Sweep(now);

    public override string? DescribePassage(in FrameContext frame) =>
        $"{PacketText.Of(frame.Packet)}: from {MembershipOf(frame.Port)} to {(frame.To is { } to ? MembershipOf(to) : "several ports")}.";

    /// <summary>Of one copy both ends; of the whole frame the packet, as there may have been several copies.</summary>
    public override string? DescribeRefusal(in FrameContext frame) => frame.EndedBy is null ? DescribePassage(frame) : $"{PacketText.Of(frame.Packet)}.";

    private static string MembershipOf(SwitchPort port) => port.Record is { SecurityGroup.Count: > 0 } record
        ? $"{port.DisplayName} in {string.Join(", ", record.SecurityGroup)}"
        : $"{port.DisplayName} in no group";
}
