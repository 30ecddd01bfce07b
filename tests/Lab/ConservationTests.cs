using System.Buffers.Binary;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.Lab.Network;
using MacSegmentation.Ownership;
using MacSegmentation.Policies;
using MacSegmentation.PortSecurity;
using MacSegmentation.Ports;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Lab;

/// <summary>Four hosts that send at once what comes to their minds.</summary>
public sealed class ConservationTests
{
    private const int Experimental = 0x88b5;
    private const int FramesEach = 10_000;

    private static readonly MacAddress Denied = MacAddress.Parse("02:00:00:00:00:0d");
    private static readonly MacAddress Dropped = MacAddress.Parse("02:00:00:00:00:0e");
    private static readonly MacAddress Unknown = MacAddress.Parse("02:00:00:00:00:0f");
    private static readonly MacAddress Multicast = MacAddress.Parse("01:00:5e:00:00:05");
    private static readonly MacAddress LinkLocalControl = MacAddress.Parse("01:80:c2:00:00:0e");

    [Fact]
    public async Task Every_frame_has_one_outcome_every_copy_arrives_and_no_flow_is_reordered()
    {
        using var network = new SwitchedNetwork();
        Host[] hosts =
        [
            network.AddHost("first", "10.0.0.11/24"),
            network.AddHost("second", "10.0.0.12/24"),
            network.AddHost("plain", MacAddress.Parse("02:00:00:00:00:f1"), port => new SwitchPortSettings { Adapter = port, Vlans = [SwitchedNetwork.Vlan], StormLimit = 500 }),
            network.AddHost("far", MacAddress.Parse("02:00:00:00:00:f2"), port => new SwitchPortSettings { Adapter = port, IsUplink = true, Vlans = [SwitchedNetwork.Vlan] }),
        ];
        network.Change(writer => VlanCatalog.Change(writer, SwitchedNetwork.Vlan, new VlanChange { ArpResponder = true }));
        foreach (var (address, action) in new[] { (Denied, PolicyAction.Deny), (Dropped, PolicyAction.Drop) })
        {
            network.Change(writer => PolicyList.Add(writer, SwitchedNetwork.Vlan, MacPattern.Any, MacPattern.Parse(address.ToString()), action));
        }

        network.Start();
        Listener[] listeners = [.. hosts.Select(host => host.Listen())];
        try
        {
            bool IsListenerBehind(int i) => listeners[i].Heard.Count < network.Statistics(hosts[i]).FramesSent - 1000;
            bool IsAnyoneBehind() => Enumerable.Range(0, hosts.Length).Any(IsListenerBehind);
            await Task.WhenAll(hosts.Select((_, i) => Task.Run(() => Send(network, hosts, i, IsAnyoneBehind))));

            foreach (var (host, listener) in hosts.Zip(listeners))
            {
                AssertConserved(network, host, listener);
            }

            Assert.All(listeners, listener => AssertInOrder(listener));
            string[] expected =
            [
                VerdictReason.Policy.Name, PortSecurityReasons.SourceMacNotAllowed.Name, LearningStage.AddressHeldElsewhere.Name, ReceiveStage.VlanNotAllowed.Name, ReceiveStage.LinkLocalControl.Name,
            ];
            Assert.Subset(hosts.SelectMany(host => Refusals(network, host)).ToHashSet(), expected.ToHashSet());
            Assert.True(network.Enforcer.GetStatistics().Total.FramesAnswered > 0);
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }

    private static IEnumerable<string> Refusals(SwitchedNetwork network, Host host)
    {
        var counts = network.Statistics(host).Counts;
        return counts.DeniedByReason.Keys.Concat(counts.DroppedByReason.Keys);
    }

    /// <summary>Sends all frames of a host, not much faster than the switch and the listeners take them in.</summary>
    private static void Send(SwitchedNetwork network, Host[] hosts, int sender, Func<bool> isAnyoneBehind)
    {
        const int batch = 100;
        var random = new Random(sender);
        using var talker = hosts[sender].Talk();
        for (int sent = 0; sent < FramesEach; sent += batch)
        {
            talker.Send([.. Enumerable.Range(sent, batch).Select(number => Next(random, hosts, sender, number))]);
            Deadline.Await("the others keep up", () => network.Statistics(hosts[sender]).Counts.FramesIn > sent - batch && !isAnyoneBehind());
        }
    }

    private static byte[] Next(Random random, Host[] hosts, int sender, int number)
    {
        var own = hosts[sender].Mac;
        var another = hosts[(sender + random.Next(1, hosts.Length)) % hosts.Length];
        int kind = random.Next(16);
        var destination = kind switch
        {
            0 or 1 => MacAddress.Broadcast,
            2 => Multicast,
            3 => Unknown,
            4 => Denied,
            5 => Dropped,
            6 => LinkLocalControl,
            _ => another.Mac,
        };
        int? vlan = kind == 7 ? SwitchedNetwork.Vlan + 1 : hosts[sender].Name is "far" ? SwitchedNetwork.Vlan : null;
        if (kind == 8)
        {
            return new FrameBuilder(own, MacAddress.Broadcast, vlan).Arp(1, AddressOf(hosts, sender), AddressOf(hosts, 1 - (sender & 1)));
        }

        var source = kind == 9 ? another.Mac : own;
        return new FrameBuilder(source, destination, vlan).Ethernet(Experimental, [.. BitConverter.GetBytes(sender), .. BitConverter.GetBytes(number)]);
    }

    private static IPAddress AddressOf(Host[] hosts, int host) => IPAddress.Parse(host < 2 ? hosts[host].Address : $"10.0.0.{host + 50}");

    private static void AssertConserved(SwitchedNetwork network, Host host, Listener listener)
    {
        // What the kernels say of the wires, and what the switch says of its ports.
        SwitchPortStatistics now = network.Statistics(host);
        Deadline.Await($"all of {host.Name} is counted", () =>
        {
            now = network.Statistics(host);
            return now.Counts.FramesIn + now.Counts.FramesLost == host.Namespace.Count(Host.Interface, "tx", "packets")
                && now.FramesSent == host.Namespace.Count(Host.Interface, "rx", "packets")
                && now.FramesSent == listener.Heard.Count;
        });
        var counts = now.Counts;
        Assert.True(counts.FramesIn >= FramesEach - counts.FramesLost);
        Assert.Equal(counts.FramesIn, counts.FramesForwarded + counts.FramesAnswered + counts.FramesDenied + counts.FramesDropped);
        Assert.Equal(counts.BytesIn, counts.BytesForwarded + counts.BytesAnswered + counts.BytesDenied + counts.BytesDropped);
        Assert.Equal((0, now.BytesSent), (now.FramesNotSent, listener.Heard.Sum(heard => (long)heard.Length)));
    }

    private static void AssertInOrder(Listener listener)
    {
        var last = new Dictionary<(int Sender, ulong Source, ulong Destination), int>();
        foreach (var (bytes, _, _) in listener.Heard)
        {
            FrameHeader.TryRead(bytes, 1, out var header);
            PacketHeader.Read(bytes, out var packet);
            if (packet.EtherType == Experimental)
            {
                var payload = bytes.AsSpan(packet.NetworkOffset);
                var flow = (BinaryPrimitives.ReadInt32LittleEndian(payload), header.Source, header.Destination);
                int number = BinaryPrimitives.ReadInt32LittleEndian(payload[sizeof(int)..]);
                Assert.True(number > last.GetValueOrDefault(flow, -1), $"{number} of {flow} came after {last.GetValueOrDefault(flow)}.");
                last[flow] = number;
            }
        }

        Assert.NotEmpty(last);
    }
}
