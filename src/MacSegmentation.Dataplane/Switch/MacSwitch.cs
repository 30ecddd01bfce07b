using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Counting;
using MacSegmentation.Emulation;
using MacSegmentation.Events;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.Ownership;
using MacSegmentation.Partitions;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Queues;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using MacSegmentation.Workers;

namespace MacSegmentation.Switch;

/// <summary>
/// A VLAN bridge (IEEE 802.1Q-2022 clause 8) with any number of ports, each the port of one interface record, an uplink, or an access or trunk
/// port of its own.
/// </summary>
/// <remarks>
/// All ports share what the switch has learned. Whoever serves a port has the switch's turn from a batch's first frame to its last, so a frame costs no
/// lock, and all that frames meet is written as if there were one thread. On Linux there is one.
/// </remarks>
public sealed partial class MacSwitch : IForwardingEngine
{
    private readonly FairLock turn = new();
    private readonly SwitchPort[] ports;
    private readonly PortService<SwitchKind>[] services;
    private readonly FramePipeline<SwitchKind> pipeline;

    internal MacSwitch(SwitchLayout layout, EnforcerOptions reporting, EnforcerEventQueue events)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Options.Validate();
        var clock = new QueueClock(reporting.TimeProvider);
        var spare = layout.Attachments is null || !OperatingSystem.IsLinux() ? [] : Enumerable.Range(0, layout.Options.AttachmentLimit).Select(_ => SwitchPortAssignment.Spare());
        ports = [.. layout.Ports.Concat(spare).Select((port, index) => new SwitchPort(index, port, clock) { MayQueue = port.Settings.MacInterface is not null })];
        pipeline = new FramePipeline<SwitchKind>(ports, layout.Options, events, clock, reporting.DrawSeed(), layout.Attachments);
        services = [.. ports.Select(port => new PortService<SwitchKind>(port, ports, pipeline, turn, clock, reporting, events))];
        foreach (var port in ports)
        {
            pipeline.SetUp(port, isUp: !port.IsSpare, FrameTime.Now(reporting.TimeProvider));
        }
    }

    IReadOnlyList<IServedPort> IForwardingEngine.Ports => services;

    internal IReadOnlyList<SwitchPort> Ports => ports;

    private SwitchReport Report => new(ports, pipeline.Fdb, pipeline.Owners);

    IReadOnlyList<IWorker> IForwardingEngine.MakeWorkers() => WorkerFactory.MakeFor("switch", services);

    IReadOnlyList<PartitionHits> IForwardingEngine.ReadPartitionHits() => [.. pipeline.Partitions.ReadHits()];

    long[] IForwardingEngine.ReadPolicyHits() => pipeline.Policy.Hits.ReadAll();

    void IForwardingEngine.ReadArrivals(List<PortArrivals> into)
    {
        foreach (var service in services)
        {
            if (service is { IsIdle: false, Port: { Record: { } record } port })
            {
                into.Add(new PortArrivals(record, service.ReadTraffic(), Volatile.Read(ref port.Arrivals.ArpPackets), Volatile.Read(ref port.Arrivals.NewAddresses)));
            }
        }
    }

    void IForwardingEngine.ReadNics(List<NicCounts> into) => WithTurn(() =>
    {
        foreach (var service in services)
        {
            if (service is { IsIdle: false, Port: { Record: { } record } port })
            {
                // A spare port has counted for others before.
                var (traffic, before) = (service.ReadTraffic(), service.CountedBefore);
                string? profile = pipeline.Profiles.NameOf(port.Index);
                into.Add(new NicCounts(
                    port.Index,
                    string.Equals(record.Profile, profile, StringComparison.Ordinal) ? record : record with { Profile = profile },
                    traffic.FramesIn - before.FramesIn,
                    traffic.BytesIn - before.BytesIn,
                    port.Egress.FramesSent - before.FramesSent,
                    port.Egress.BytesSent - before.BytesSent));
            }
        }
    });

    (LinkStatistics? FromInstance, LinkStatistics? ToInstance) IForwardingEngine.DescribeLinks(int port) =>
        WithTurn(() => (ports[port].FromInstance?.Describe(), ports[port].ToInstance?.Describe()));

    Action IForwardingEngine.Prepare(ConfigurationSnapshot snapshot, DecisionTable policies)
    {
        var commit = pipeline.Prepare(snapshot, policies);
        return () => WithTurn(commit);
    }

    /// <summary>The addresses that it knows: those of interface records with a port, and those that it has learned; from any thread.</summary>
    public IReadOnlyList<MacForwardingEntry> ListForwardingEntries() => WithTurn(() => Report.ListForwardingEntries());

    /// <summary>Who holds the addresses of address pairs, and those that several interface records have; from any thread.</summary>
    public IReadOnlyList<MacAddressOwner> ListAddressOwners() => DescribeOwners(OwnedAddress.ListShared(pipeline.Fdb.Interfaces));

    /// <summary>Who holds an IP address, in each VLAN where an interface record has it; from any thread.</summary>
    /// <param name="address">The address.</param>
    public IReadOnlyList<MacAddressOwner> FindAddressOwners(IPAddress address) => DescribeOwners(OwnedAddress.ListOf(pipeline.Fdb.Interfaces, address));

    /// <summary>Who holds a MAC address, in each VLAN where an interface record has it; from any thread.</summary>
    /// <param name="address">The address.</param>
    public IReadOnlyList<MacAddressOwner> FindAddressOwners(MacAddress address) => DescribeOwners(OwnedAddress.ListOf(pipeline.Fdb.Interfaces, address));

    /// <summary>Number of flows that the security groups remember, and how many were refused because there was no room; from any thread.</summary>
    public FlowStatistics GetFlowStatistics() =>
        WithTurn(() => new FlowStatistics(pipeline.Flows.FlowCount, pipeline.Flows.FlowCapacity, pipeline.Flows.RefusedFlows));

    internal IReadOnlyList<SwitchPortStatistics> DescribePorts() =>
        WithTurn(() => services.Where(service => !service.IsIdle).Select(service => Report.Describe(service.Port, new TrafficCounts(service.ReadTraffic()))).ToArray());

    internal void Enter() => turn.Enter();

    internal void Exit() => turn.Exit();

    /// <summary>The way of a frame. The caller has the turn.</summary>
    internal Verdict Forward<TTrace>(SwitchPort port, in Frame frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        services[port.Index].Forward(frame, ref trace, out var context);
        return context.Verdict;
    }

    /// <summary>Sends what waits in the ports' sinks, and lets go of what has aged. The caller has the turn.</summary>
    internal void FinishBatch(long now)
    {
        foreach (var port in ports)
        {
            if (port.HasUnflushed)
            {
                port.HasUnflushed = false;
                port.Egress.MoveToNotSent(port.Sink.Flush());
            }
        }

        pipeline.Sweep(now);
    }

    /// <summary>Takes in that a port is up or down.</summary>
    internal void SetUp(SwitchPort port, bool isUp, long now) => WithTurn(() => pipeline.SetUp(port, isUp, now));

    /// <summary>What records say was gathered beside the frames; only what the switch knows is asked between them.</summary>
    private IReadOnlyList<MacAddressOwner> DescribeOwners(IReadOnlyList<OwnedAddress> addresses) => WithTurn(() => Report.DescribeOwners(addresses));

    private T WithTurn<T>(Func<T> ask)
    {
        turn.Enter();
        try
        {
            return ask();
        }
        finally
        {
            turn.Exit();
        }
    }

    private void WithTurn(Action act)
    {
        turn.Enter();
        try
        {
            act();
        }
        finally
        {
            turn.Exit();
        }
    }
}
