using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Switching;
using MacSegmentation.Tracing;

namespace MacSegmentation.Bridging;

/// <summary>
/// A VLAN bridge (IEEE 802.1Q-2022 clause 8) with any number of ports, each the port of one interface record, an uplink, or an access or trunk
/// port of its own.
/// </summary>
/// <remarks>
/// All ports share what the switch has learned. A port's thread holds the switch from a batch's first frame to its last, so a frame costs no
/// lock, and all that frames meet (<see cref="SwitchPipeline"/>) is written as if there were one thread.
/// </remarks>
public sealed class MacSwitch : IForwardingEngine
{
    private readonly Lock gate = new();
    private readonly SwitchPort[] ports;
    private readonly SwitchPortSettings[] settings;
    private readonly ForwardingTable forwarding;
    private readonly AddressOwners owners = new();
    private readonly GroupFilter groups;
    private readonly SwitchPipeline pipeline;
    private SwitchTables tables = null!; // set by the enforcer before the first frame
    private long epochInUse;

    internal MacSwitch(SwitchLayout layout, EnforcerOptions reporting, EnforcerEventQueue events)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Options.Validate();
        var options = layout.Options;
        ports = [.. layout.Ports.Select((port, index) => new SwitchPort(this, index, port, reporting, events))];
        settings = [.. layout.Ports.Select(port => port.Settings)];
        int[] limits = [.. settings.Select(port => port.AddressLimit > 0 ? port.AddressLimit : port.IsUplink ? options.AddressLimit : SwitchPortSettings.DefaultAddressLimit)];
        forwarding = new ForwardingTable(options.AddressLimit, (long)options.AgeingTime.TotalNanoseconds, limits);
        groups = new GroupFilter(options.FlowLimit, FlowSeed.Random());
        pipeline = new SwitchPipeline(ports, options, forwarding, owners, new AddressLearning(forwarding, owners, ports, events), new CopySender(ports, groups));
    }

    IReadOnlyList<IEnforcerWorker> IForwardingEngine.Workers => ports;

    internal IReadOnlyList<SwitchPort> Ports => ports;

    internal long EpochInUse => Volatile.Read(ref epochInUse);

    void IForwardingEngine.Use(TablesInForce next)
    {
        // Compiled beside the frames, put in force between two batches.
        var compiled = SwitchTables.Compile(next.Snapshot ?? throw new ArgumentException("A switch needs the configuration.", nameof(next)), next.Policies, next.Epoch, settings, tables);
        lock (gate)
        {
            tables = compiled;
            pipeline.Use(compiled);
            owners.Keep(compiled.Addresses, ports);
            foreach (var port in ports)
            {
                if (port.Use(next, compiled))
                {
                    Forget(port);
                }
            }

            Volatile.Write(ref epochInUse, next.Epoch);
        }
    }

    /// <summary>What records say was gathered beside the frames; only what the switch knows is asked between them.</summary>
    private IReadOnlyList<MacAddressOwner> DescribeOwners(IReadOnlyList<OwnedAddress> addresses)
    {
        lock (gate)
        {
            return Report.DescribeOwners(addresses);
        }
    }

    private SwitchReport Report => new(tables, ports, forwarding, owners);

    internal void Enter() => gate.Enter();

    internal void Exit() => gate.Exit();

    /// <summary>The addresses that it knows: those of interface records with a port, and those that it has learned; from any thread.</summary>
    public IReadOnlyList<MacForwardingEntry> ListForwardingEntries()
    {
        lock (gate)
        {
            return Report.ListForwardingEntries();
        }
    }

    /// <summary>Who holds the addresses of address pairs, and those that several interface records have; from any thread.</summary>
    public IReadOnlyList<MacAddressOwner> ListAddressOwners() => DescribeOwners(OwnedAddress.ListShared(Volatile.Read(ref tables).Interfaces));

    /// <summary>Who holds an IP address, in each VLAN where an interface record has it; from any thread.</summary>
    public IReadOnlyList<MacAddressOwner> FindAddressOwners(IPAddress address) => DescribeOwners(OwnedAddress.ListOf(Volatile.Read(ref tables).Interfaces, address));

    /// <summary>Who holds a MAC address, in each VLAN where an interface record has it; from any thread.</summary>
    public IReadOnlyList<MacAddressOwner> FindAddressOwners(MacAddress address) => DescribeOwners(OwnedAddress.ListOf(Volatile.Read(ref tables).Interfaces, address));

    /// <summary>Number of flows that the security groups remember, and how many were refused because there was no room; from any thread.</summary>
    public FlowStatistics GetFlowStatistics()
    {
        lock (gate)
        {
            return new FlowStatistics(groups.FlowCount, groups.FlowCapacity, groups.RefusedFlows);
        }
    }

    internal IReadOnlyList<SwitchPortStatistics> DescribePorts(IReadOnlyList<TrafficCounts> counts)
    {
        lock (gate)
        {
            return [.. ports.Select(port => Report.Describe(port, counts[port.Index]))];
        }
    }

    /// <summary>The way of a frame. The caller holds the switch.</summary>
    internal Verdict Forward<TTrace>(SwitchPort port, in Frame frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace => pipeline.Forward(port, frame, ref trace);

    /// <summary>More about why a frame was refused, for whoever is told of it. The caller holds the switch.</summary>
    internal string? Explain(SwitchPort port, in Frame frame, in FrameHeader header, VerdictReason reason) => pipeline.Explain(port, frame, header, reason);

    /// <summary>Sends what waits in the ports' sinks, and lets go of what has aged. The caller holds the switch.</summary>
    internal void FinishBatch(long now)
    {
        foreach (var port in ports)
        {
            if (port.HasUnflushed)
            {
                port.HasUnflushed = false;
                int failed = port.Sink.Flush();
                port.Egress.MoveToNotSent(failed);
            }
        }

        forwarding.Sweep(now);
        groups.Sweep(now);
    }

    /// <summary>A port that is down has nobody behind it.</summary>
    internal void ForgetPort(SwitchPort port)
    {
        lock (gate)
        {
            Forget(port);
        }
    }

    private void Forget(SwitchPort port)
    {
        forwarding.Forget(port.Index);
        owners.Forget(port.Index);
    }
}
