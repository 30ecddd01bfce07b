using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ownership;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Queues;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Tracing;

/// <summary>
/// Takes frames through a switch that has a port for each interface record and one uplink, stage by stage, by the code that forwards. What one
/// frame changes (who holds an address, which flows are open) holds for the next, as in a running switch.
/// </summary>
public sealed class FrameTracer : IFrameHandler
{
    /// <summary>What the port to other switches is called.</summary>
    public const string Uplink = InterfaceCatalog.Uplink;

    /// <summary>Addresses and flows that a trace has room for: it takes a capture through, not a network's day.</summary>
    private const int MaxLearned = 4096;

    private readonly FramePipeline<SwitchKind> pipeline;
    private readonly TracedPort[] traced;
    private readonly SwitchPort[] ports;
    private readonly Dictionary<string, int> portOf;
    private readonly List<TracedPort> taken = [];
    private SwitchPort from;
    private Action<MacFrameTest> report;
    private long frames;

    /// <summary>Prepares the switch.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="policies">Its compiled policies.</param>
    /// <param name="from">Where the frames come in: the name of an interface record, or <see cref="Uplink"/>.</param>
    /// <param name="nativeVlan">The VLAN of frames without a tag that come in by the uplink, or null if it takes none.</param>
    /// <param name="report">Gets each frame's test.</param>
    /// <param name="options">How the switch works; null for the defaults.</param>
    /// <exception cref="MacSegmentationException">InterfaceNotFound.</exception>
    public FrameTracer(ConfigurationSnapshot snapshot, DecisionTable policies, string from, int? nativeVlan, Action<MacFrameTest> report, SwitchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentException.ThrowIfNullOrEmpty(from);
        _ = FindEntry(snapshot, from);
        (Snapshot, Policies, NativeVlan) = (snapshot, policies, nativeVlan);
        this.report = report;
        SwitchPortSettings[] settings =
        [
            .. snapshot.Interfaces.Select(record => new SwitchPortSettings { Adapter = record.Name, MacInterface = record.Name }),
            new SwitchPortSettings { Adapter = Uplink, IsUplink = true, NativeVlan = nativeVlan },
        ];
        traced = [.. settings.Select(port => new TracedPort(port.Adapter, taken))];
        ports = [.. settings.Zip(traced, (port, memory) => new SwitchPortAssignment(port, memory, memory)).Select((port, index) => new SwitchPort(index, port))];
        portOf = new Dictionary<string, int>(settings.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var port in ports)
        {
            // A record with the uplink's name goes first.
            portOf.TryAdd(port.Settings.Adapter, port.Index);
        }

        // What is told to nobody is told by the trace.
        pipeline = new FramePipeline<SwitchKind>(ports, Bounded(options ?? new SwitchOptions()), new EnforcerEventQueue(capacity: 1), new QueueClock(TimeProvider.System), seed: null);
        pipeline.Prepare(snapshot, policies)();
        this.from = ports[portOf[from]];
    }

    /// <summary>The configuration that it traces through.</summary>
    public ConfigurationSnapshot Snapshot { get; private set; }

    /// <summary>Its compiled policies.</summary>
    public DecisionTable Policies { get; private set; }

    /// <summary>The VLAN of frames without a tag that come in by the uplink, or null if it takes none.</summary>
    public int? NativeVlan { get; }

    /// <summary>Goes on with another configuration of the same records: what that costs follows what has changed.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="policies">Its compiled policies.</param>
    /// <returns>False if other records came, went or have another name, so that the switch has other ports: it takes a new tracer.</returns>
    public bool TryUse(ConfigurationSnapshot snapshot, DecisionTable policies)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(policies);
        if (ReferenceEquals(snapshot, Snapshot) && ReferenceEquals(policies, Policies))
        {
            return true;
        }

        if (!HasSamePorts(snapshot))
        {
            return false;
        }

        pipeline.Prepare(snapshot, policies)();
        (Snapshot, Policies) = (snapshot, policies);
        return true;
    }

    /// <summary>Begins anew, as if nothing had been traced: what comes of the next frame does not depend on what was asked before.</summary>
    /// <param name="entry">Where the next frames come in: the name of an interface record, or <see cref="Uplink"/>.</param>
    /// <param name="to">Gets each frame's test from now on.</param>
    /// <exception cref="MacSegmentationException">InterfaceNotFound.</exception>
    public void Begin(string entry, Action<MacFrameTest> to)
    {
        ArgumentException.ThrowIfNullOrEmpty(entry);
        from = portOf.TryGetValue(entry, out int port) ? ports[port] : throw SwitchErrors.RecordNotFound(entry);
        report = to;
        frames = 0;
        pipeline.Reset();
    }

    /// <summary>Takes a whole frame through the switch.</summary>
    /// <param name="frame">The frame's octets.</param>
    /// <param name="time">When it comes in; null for now.</param>
    public void Handle(byte[] frame, DateTimeOffset? time = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Handle(new Frame(frame, frame.Length, time is { } given ? FrameTime.Of(given) : FrameTime.Now(TimeProvider.System)));
    }

    /// <summary>Takes one frame through the switch.</summary>
    /// <param name="frame">The frame. One that was captured shorter than it was is judged by what there is of it.</param>
    public void Handle(in Frame frame) => report(Trace(frame));

    /// <summary>Takes one frame through the switch by another port than the others.</summary>
    /// <param name="entry">Where it comes in: the name of an interface record, or <see cref="Uplink"/>.</param>
    /// <param name="frame">The frame.</param>
    internal MacFrameTest Trace(string entry, in Frame frame)
    {
        from = ports[portOf[entry]];
        return Trace(frame);
    }

    /// <summary>The record whose port frames come in by, or null for the uplink. A record with the uplink's name goes first.</summary>
    /// <exception cref="MacSegmentationException">InterfaceNotFound.</exception>
    internal static MacInterface? FindEntry(ConfigurationSnapshot snapshot, string from)
    {
        var entry = snapshot.Interfaces.FirstOrDefault(record => string.Equals(record.Name, from, StringComparison.OrdinalIgnoreCase));
        return entry is null && !string.Equals(from, Uplink, StringComparison.OrdinalIgnoreCase) ? throw SwitchErrors.RecordNotFound(from) : entry;
    }

    /// <summary>Lets go of who was told.</summary>
    internal void Rest() => report = static _ => { };

    private MacFrameTest Trace(in Frame frame)
    {
        var trace = new RecordingTrace();
        taken.Clear();
        pipeline.Policy.MoveTo(frame.Timestamp);
        FrameContext.Begin(from, frame, ref pipeline.Packet, out var context);
        pipeline.Forward(ref context, ref trace);
        return Describe(frame, context.Verdict, trace.Stages);
    }

    private bool HasSamePorts(ConfigurationSnapshot snapshot) => snapshot.Interfaces == Snapshot.Interfaces
        || RecordChange.List(Snapshot.Interfaces.AsSpan(), snapshot.Interfaces.AsSpan()).TrueForAll(change =>
            change is { Before: { } before, After: { } after } && string.Equals(before.Name, after.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A switch that has long been running, and has room for a trace.</summary>
    private static SwitchOptions Bounded(SwitchOptions options) =>
        options with { LearningPeriod = TimeSpan.Zero, AddressLimit = Math.Min(options.AddressLimit, MaxLearned), FlowLimit = Math.Min(options.FlowLimit, MaxLearned) };

    private MacFrameTest Describe(in Frame frame, Verdict verdict, IReadOnlyList<MacFrameStage> stages)
    {
        bool isWhole = FrameHeader.TryRead(frame.Bytes, from.Vlans.UntaggedVlan, out var header);
        PacketHeader.Read(frame.Bytes, frame.OriginalLength, out var packet);
        bool hasAddresses = packet.Network != NetworkProtocol.Other && packet.State != PacketState.TruncatedNetwork;
        return new MacFrameTest
        {
            Number = ++frames,
            Time = FrameTime.ToCalendar(frame.Timestamp),
            From = from.Settings.Adapter,
            VlanId = isWhole && header.VlanId > 0 ? header.VlanId : null,
            SourceAddress = isWhole ? new MacAddress(header.Source) : null,
            DestinationAddress = isWhole ? new MacAddress(header.Destination) : null,
            SourceIPAddress = hasAddresses ? IpNumber.ToAddress(packet.Source) : null,
            DestinationIPAddress = hasAddresses ? IpNumber.ToAddress(packet.Destination) : null,
            Packet = isWhole ? PacketText.Of(packet) : "no whole header",
            Action = verdict.Action,
            Reason = verdict.Reason.Name,
            Explanation = stages.Last(stage => stage.Action == verdict.Action).Detail,
            To = verdict.Action == PolicyAction.Allow && verdict.Reason != ResponderStage.Answered ? taken.Select(port => port.Name).ToArray() : [],
            Stage = stages,
        };
    }
}
