using System.Runtime.CompilerServices;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Ingress;

/// <summary>Reads a frame's header and holds it to the ingress rules of its port (IEEE 802.1Q-2022 section 8.6.2).</summary>
/// <param name="ports">The ports. What the active tables say of them is put in force here.</param>
/// <param name="rules">What is not forwarded at all.</param>
/// <param name="vlanChanged">Called when a port carries another untagged VLAN than before: who was behind it is not there any more.</param>
internal sealed class ReceiveStage(IReadOnlyList<SwitchPort> ports, ReceiveRules rules, Action<int> vlanChanged) : FrameStage
{
    /// <summary>The frame is too short for its header, tags included, or has tags that nobody may send: VLAN 4095, or more than 16 of them.</summary>
    public static readonly VerdictReason Malformed = VerdictReason.Define(nameof(Malformed), "too short for its header, or with invalid tags");

    /// <summary>The frame was captured shorter than it was, and so cannot be sent.</summary>
    public static readonly VerdictReason Truncated = VerdictReason.Define(nameof(Truncated), "captured shorter than it was");

    /// <summary>The interface record of the port was removed: nothing passes.</summary>
    public static readonly VerdictReason InterfaceRemoved = VerdictReason.Define(nameof(InterfaceRemoved), "the port's interface record was removed");

    /// <summary>The port does not carry the frame's VLAN, or carries it without a tag only.</summary>
    public static readonly VerdictReason VlanNotAllowed = VerdictReason.Define(nameof(VlanNotAllowed), "the port does not carry the VLAN so");

    /// <summary>The frame's source is a group address, which no station has.</summary>
    public static readonly VerdictReason GroupAddressAsSource = VerdictReason.Define(nameof(GroupAddressAsSource), "group address as source");

    /// <summary>A link-local control frame (01:80:c2:00:00:00 to 0f, IEEE 802.1Q-2022 table 8-1), which a switch keeps to itself.</summary>
    public static readonly VerdictReason LinkLocalControl = VerdictReason.Define(nameof(LinkLocalControl), "link-local control frame");

    private const ulong GroupBit = 0x0100_0000_0000;
    private const ulong FirstLinkLocal = 0x0180_C200_0000;
    private const ulong LinkLocalCount = 16;

    public override string Name => "Receive";

    /// <summary>Reads a frame of a switch's port.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="admitsCut">True to judge a frame by what was captured of it: it is not sent.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Judge(ref FrameContext frame, bool admitsCut)
    {
        var port = frame.Port;
        if (frame.IsTruncated && !admitsCut)
        {
            frame.Header = default;
            return frame.Drop(this, Truncated);
        }

        if (!FrameHeader.TryRead(frame.Bytes, port.Vlans.UntaggedVlan, out frame.Header))
        {
            return frame.Drop(this, Malformed);
        }

        if (port.Vlans.IsTunnel)
        {
            frame.Header = frame.Header.WithinVlan(port.Vlans.UntaggedVlan);
        }

        ref readonly var header = ref frame.Header;
        return port.IsClosed ? frame.Drop(this, InterfaceRemoved)
            : !port.Vlans.Admits(header) ? frame.Drop(this, VlanNotAllowed)
            : (header.Source & GroupBit) != 0 ? frame.Drop(this, GroupAddressAsSource)
            : header.Destination - FirstLinkLocal >= LinkLocalCount || rules.ForwardsLinkLocal || frame.Drop(this, LinkLocalControl);
    }

    /// <summary>Reads a frame of a bump in the wire, which passes what it is given: frames of every VLAN, tagged as they are.</summary>
    /// <param name="frame">The frame.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool JudgeOnWire(ref FrameContext frame)
    {
        if (frame.IsTruncated && !rules.AdmitsCut)
        {
            frame.Header = default;
            return frame.Drop(this, Truncated);
        }

        return FrameHeader.TryRead(frame.Bytes, rules.NativeVlan, out frame.Header) || frame.Drop(this, Malformed);
    }

    /// <summary>A port whose record is the same instance keeps all that was made of it.</summary>
    public override Action? Prepare(EnforcerTables next)
    {
        var records = next.Records;
        return () => Commit(records);
    }

    public override string? DescribePassage(in FrameContext frame) =>
        $"{frame.Port.Name} carries VLAN {frame.Header.VlanId}{(frame.Header.Tag == FrameTag.Vlan ? " tagged" : " untagged")}.";

    public override string? DescribeRefusal(in FrameContext frame) => frame.Verdict.Reason != VlanNotAllowed ? null
        : frame.Port.Vlans.UntaggedVlan == 0
            ? $"{frame.Port.DisplayName} carries {frame.Port.Vlans}, each with a tag."
            : $"{frame.Port.DisplayName} carries {frame.Port.Vlans}, where u marks the VLAN without a tag.";

    private void Commit(IReadOnlyList<MacInterface?> records)
    {
        foreach (var port in ports)
        {
            var record = records[port.Index];
            if (ReferenceEquals(record, port.Record) && port.Vlans != Vlans.VlanMembership.None)
            {
                continue;
            }

            int before = port.Vlans.UntaggedVlan;
            port.Record = record;
            port.Vlans = port.MembershipWith(record);
            if (port.Vlans.UntaggedVlan != before)
            {
                vlanChanged(port.Index);
            }
        }
    }
}
