using MacSegmentation.Addressing;
using MacSegmentation.Bridging;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Switching;

namespace MacSegmentation.Tracing;

/// <summary>
/// Takes frames through a switch that has a port for each interface record and one uplink, stage by stage, by the code that forwards. What one
/// frame changes (who holds an address, which flows are open) holds for the next, as in a running switch.
/// </summary>
public sealed class FrameTracer : IFrameHandler
{
    /// <summary>What the port to other switches is called.</summary>
    public const string Uplink = "uplink";

    private readonly MacSwitch tested;
    private readonly TracedPort[] ports;
    private readonly SwitchPort from;
    private readonly Action<MacFrameTest> report;
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
        this.report = report;
        var entry = FindEntry(snapshot, from);
        SwitchPortSettings[] settings =
        [
            .. snapshot.Interfaces.Where(record => entry is null || record.VlanId == entry.VlanId).Select(record => new SwitchPortSettings { Interface = record.Name, MacInterface = record.Name }),
            new SwitchPortSettings { Interface = Uplink, IsUplink = true, NativeVlan = nativeVlan },
        ];
        ports = [.. settings.Select(port => new TracedPort(port.Interface))];
        var assignments = settings.Zip(ports, (port, traced) => new SwitchPortAssignment(port, traced, traced));

        // What is dropped because nobody reads it is told by the trace.
        tested = new MacSwitch(new SwitchLayout([.. assignments], options ?? new SwitchOptions()), new EnforcerOptions(), new EnforcerEventQueue(capacity: 1));
        ((IForwardingEngine)tested).Use(new TablesInForce(snapshot, policies, Epoch: 1, [.. Enumerable.Range(0, policies.Policies.Length)], policies.Policies.Length, []));
        this.from = entry is null ? tested.Ports[^1] : tested.Ports.First(port => string.Equals(port.Settings.MacInterface, entry.Name, StringComparison.Ordinal));
    }

    /// <summary>Takes a whole frame through the switch, as if it came in now.</summary>
    /// <param name="frame">The frame's octets.</param>
    public void Handle(byte[] frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Handle(new Frame(frame, frame.Length, FrameTime.Now(TimeProvider.System)));
    }

    /// <summary>Takes one frame through the switch.</summary>
    /// <param name="frame">The frame. One that was captured shorter than it was is judged by what there is of it.</param>
    public void Handle(in Frame frame)
    {
        var trace = new RecordingTrace();
        Array.ForEach(ports, port => port.Taken = 0);
        tested.Enter();
        Verdict verdict;
        try
        {
            verdict = tested.Forward(from, frame, ref trace);
        }
        finally
        {
            tested.Exit();
        }

        report(Describe(frame, verdict, trace.Stages));
    }

    /// <summary>The record whose port frames come in by, or null for the uplink. A record with the uplink's name goes first.</summary>
    /// <exception cref="MacSegmentationException">InterfaceNotFound.</exception>
    internal static MacInterface? FindEntry(ConfigurationSnapshot snapshot, string from)
    {
        var entry = snapshot.Interfaces.FirstOrDefault(record => string.Equals(record.Name, from, StringComparison.OrdinalIgnoreCase));
        return entry is null && !string.Equals(from, Uplink, StringComparison.OrdinalIgnoreCase) ? throw SwitchErrors.RecordNotFound(from) : entry;
    }

    private MacFrameTest Describe(in Frame frame, Verdict verdict, IReadOnlyList<MacFrameStage> stages)
    {
        bool isWhole = FrameHeader.TryRead(frame.Bytes, from.Vlans.UntaggedVlan, out var header);
        PacketHeader.Read(frame.Bytes, frame.OriginalLength, out var packet);
        bool hasAddresses = packet.Network != NetworkProtocol.Other && packet.State != PacketState.TruncatedNetwork;
        return new MacFrameTest
        {
            Number = ++frames,
            From = from.Settings.Interface,
            VlanId = isWhole && header.VlanId > 0 ? header.VlanId : null,
            SourceAddress = isWhole ? new MacAddress(header.Source) : null,
            DestinationAddress = isWhole ? new MacAddress(header.Destination) : null,
            SourceIPAddress = hasAddresses ? IpNumber.ToAddress(packet.Source) : null,
            DestinationIPAddress = hasAddresses ? IpNumber.ToAddress(packet.Destination) : null,
            Packet = isWhole ? SwitchExplanation.OfPacket(packet) : "no whole header",
            Action = verdict.Action,
            Reason = verdict.Reason,
            Explanation = stages.Last(stage => stage.Action == verdict.Action).Detail,
            To = verdict.Action == PolicyAction.Allow && verdict.Reason != VerdictReason.Answered ? ports.Where(port => port.Taken > 0).Select(port => port.Name).ToArray() : [],
            Stage = stages,
        };
    }
}
