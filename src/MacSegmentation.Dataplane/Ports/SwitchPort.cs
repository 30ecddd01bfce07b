using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Emulation;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Marking;
using MacSegmentation.Queues;
using MacSegmentation.Vlans;

namespace MacSegmentation.Ports;

/// <summary>A port as the stages see it: what it is, what the active tables say of it, and what left by it.</summary>
internal sealed class SwitchPort
{
    /// <summary>Frames by what became of them on the way out. Counted in place, by the thread that has the switch's turn.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
    public EgressTally Egress;

    /// <summary>What came in by it, beside what became of the frames. Counted in place, by the thread that has the switch's turn; read by others, so each number is one word.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
    public ArrivalTally Arrivals;

    private readonly SwitchPortAssignment assignment;
    private readonly ITunnelSink? tunnel;
    private readonly QueueClock? clock;
    private readonly int maxFrameLength;
    private ScheduledSink? scheduled;

    /// <summary>Creates a port.</summary>
    /// <param name="index">Its place among the switch's.</param>
    /// <param name="assignment">What it is read from and written to.</param>
    /// <param name="clock">What its queues go by; null if it never has any.</param>
    public SwitchPort(int index, SwitchPortAssignment assignment, QueueClock? clock = null)
    {
        this.assignment = assignment;
        this.clock = clock;
        Index = index;
        Sink = assignment.Sink;
        IngressQueue = assignment.IngressQueue;
        SetEgressQueue(assignment.EgressQueue);
        MayBeAnywhere = assignment.Settings.IsUplink;
        tunnel = assignment.Sink as ITunnelSink;
        maxFrameLength = assignment.Capabilities.MaxFrameLength ?? int.MaxValue;
        CarriesPartition = assignment.Settings.CarriesPartition;
    }

    /// <summary>The port's place among the switch's.</summary>
    public int Index { get; }

    public SwitchPortSettings Settings => assignment.Settings;

    public PortCapabilities Capabilities => assignment.Capabilities;

    public IFrameSource Source => assignment.Source;

    /// <summary>What leaves by it goes here; its egress queue, if it has one, is behind it.</summary>
    public IFrameSink Sink { get; private set; }

    /// <summary>Where what leaves goes in the end.</summary>
    public IFrameSink OwnSink => assignment.Sink;

    /// <summary>Where what its machine sends waits; null if nothing has to.</summary>
    public FrameQueue? IngressQueue { get; private set; }

    /// <summary>Where what goes to its machine waits; null if nothing has to.</summary>
    public FrameQueue? EgressQueue { get; private set; }

    /// <summary>What the port's profile does with what its machine sends; null for nothing.</summary>
    public EmulatedLink? FromInstance { get; private set; }

    /// <summary>What the port's profile does with what goes to its machine; null for nothing.</summary>
    public EmulatedLink? ToInstance { get; private set; }

    /// <summary>What the port's profile changes about what its machine sends; null for nothing.</summary>
    public FrameMarking? Marking { get; set; }

    /// <summary>True if the port's profile changes something about what goes to its machine.</summary>
    public bool MarksToInstance => scheduled?.Marking is not null;

    /// <summary>True if it is there for an instance that an adapter is made for while the switch runs: it has a record only while it is for one.</summary>
    public bool IsSpare => assignment.IsSpare;

    /// <summary>True if frames may wait at it now or after a change of tables.</summary>
    public bool MayQueue { get; init; }

    /// <summary>True if its carrier takes the id of a partition along.</summary>
    public bool CarriesPartition { get; }

    /// <summary>Longest frame in octets that leaves by it, as it leaves.</summary>
    public int MaxFrameLength => tunnel?.MaxFrameLength ?? maxFrameLength;

    /// <summary>Copies of frames for several remotes that did not reach one of them.</summary>
    public long CopiesNotSent => tunnel?.CopiesNotSent ?? 0;

    /// <summary>What its carrier takes along, where nothing else says it: the id of a partition; 0 for none.</summary>
    public uint SourceClass { get; set; }

    /// <summary>The adapter or file.</summary>
    public string Name => Source.Name;

    /// <summary>True for an uplink: addresses of records without a port here are behind it.</summary>
    public bool MayBeAnywhere { get; }

    /// <summary>True while the adapter is up.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>The interface record whose port it is; null if it has none, or it was removed.</summary>
    public MacInterface? Record { get; set; }

    /// <summary>The VLANs that it carries.</summary>
    public VlanMembership Vlans { get; set; } = VlanMembership.None;

    /// <summary>Has what its machine sends wait, or not any more: then nothing waits there.</summary>
    public void SetFromInstance(EmulatedLink? link)
    {
        FromInstance = link;
        IngressQueue = link?.Queue;
    }

    /// <summary>Has what goes to its machine wait, or not any more: then nothing waits there.</summary>
    public void SetToInstance(EmulatedLink? link)
    {
        ToInstance = link;
        SetEgressQueue(link?.Queue);
    }

    /// <summary>Has something changed about what goes to its machine; null for nothing. Where something is changed there is a queue.</summary>
    public void MarkToInstance(FrameMarking? marking)
    {
        if (scheduled is not null)
        {
            scheduled.Marking = marking;
        }
    }

    /// <summary>Says of which priority the frame is that it is given next, which by itself may not show it any more.</summary>
    public void NotePriority(byte priority)
    {
        if (scheduled is not null)
        {
            scheduled.Priority = priority;
        }
    }

    /// <summary>The type of the tag that a frame of the VLAN leaves by it with; 0 for no tag.</summary>
    public int TagTypeOf(int vlanId) => Vlans.UntaggedVlan == vlanId ? 0 : Settings.TagType;

    /// <summary>True if its interface record was removed: nothing passes.</summary>
    public bool IsClosed => Settings.MacInterface is not null && Record is null;

    /// <summary>True while frames that it was given have still to be flushed.</summary>
    public bool HasUnflushed { get; set; }

    /// <summary>The name of the interface record whose port it is, also if that was removed; null for other ports.</summary>
    public string? RecordName => IsSpare ? Record?.Name : Settings.MacInterface;

    /// <summary>The port, and the record whose port it is, in words; in a trace they have one name.</summary>
    public string DisplayName => RecordName is { } record && !string.Equals(record, Name, StringComparison.Ordinal) ? $"{record} ({Name})" : Name;

    /// <summary>The VLANs that the port carries with this record.</summary>
    /// <param name="record">The record whose port it is, or null.</param>
    public VlanMembership MembershipWith(MacInterface? record) => Settings switch
    {
        { MacInterface: not null } => record is null ? VlanMembership.None : VlanMembership.Access(record.VlanId, Settings.QinQ),
        { IsAccess: true } => VlanMembership.Access(Settings.Vlans[0], Settings.QinQ),
        _ => VlanMembership.Trunk(Settings.Vlans, Settings.NativeVlan, isOpen: Settings.IsUplink && Settings.Vlans.Count == 0),
    };

    private void SetEgressQueue(FrameQueue? queue)
    {
        scheduled = queue is not null && clock is not null ? new ScheduledSink(assignment.Sink, queue, clock) : null;
        EgressQueue = scheduled is null ? null : queue;
        Sink = scheduled ?? assignment.Sink;
    }
}
