using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.Ports;

namespace MacSegmentation.Lab;

/// <summary>Hosts of two VLANs, and peers that carry both with tags.</summary>
public sealed class TrunkTests
{
    private const int Ten = SwitchedNetwork.Vlan;
    private const int Twenty = 20;
    private const int CustomerTag = 0x8100;
    private const int ServiceTag = 0x88a8;
    private const int Experimental = 0x88b5;

    private static readonly MacAddress FarMac = MacAddress.Parse("02:00:00:00:00:f1");
    private static readonly MacAddress TrunkMac = MacAddress.Parse("02:00:00:00:00:f2");

    [Fact]
    public void Tags_are_put_on_and_taken_off_and_no_frame_leaves_its_vlan()
    {
        using var vlans = new TwoVlans();
        byte[] toAll = new FrameBuilder(vlans.InTen.Mac, MacAddress.Broadcast).Ethernet(Experimental, [1]);
        byte[] toFar = new FrameBuilder(vlans.InTwenty.Mac, FarMac).Ethernet(Experimental, [2]);
        byte[] fromFar = new FrameBuilder(FarMac, vlans.InTen.Mac).Ethernet(Experimental, [3]);
        byte[] fromFarToAll = new FrameBuilder(FarMac, MacAddress.Broadcast).Ethernet(Experimental, [4]);
        const int priority = 5 << 13;

        vlans.Send(vlans.InTen, toAll);
        vlans.Send(vlans.Far, Tag(fromFar, CustomerTag, Ten));
        vlans.Send(vlans.Far, Tag(fromFarToAll, CustomerTag, priority | Twenty));
        vlans.Send(vlans.InTwenty, toFar);

        vlans.AssertHeard(vlans.Far, Tag(toAll, CustomerTag, Ten), Tag(toFar, CustomerTag, Twenty));
        vlans.AssertHeard(vlans.Trunk, toAll, Tag(fromFarToAll, CustomerTag, priority | Twenty));
        vlans.AssertHeard(vlans.InTen, fromFar);
        vlans.AssertHeard(vlans.InTwenty, fromFarToAll);
    }

    [Fact]
    public void Tags_behind_that_of_the_vlan_are_carried_and_never_uncovered()
    {
        using var vlans = new TwoVlans();
        byte[] frame = new FrameBuilder(FarMac, MacAddress.Broadcast).Ethernet(Experimental, [5]);
        byte[] inner = Tag(frame, CustomerTag, Twenty);

        vlans.Send(vlans.Far, Tag(inner, CustomerTag, Ten));
        vlans.Send(vlans.Far, Tag(inner, ServiceTag, Ten));
        vlans.Send(vlans.Far, Tag(Tag(inner, CustomerTag, 30), CustomerTag, Twenty));

        vlans.AssertHeard(vlans.InTen);
        vlans.AssertHeard(vlans.InTwenty);
        vlans.AssertHeard(vlans.Trunk, Tag(Tag(inner, CustomerTag, 30), CustomerTag, Twenty));
        Assert.Equal(2, vlans.InnerTags(vlans.Far));
    }

    [Fact]
    public void Behind_priority_tags_the_first_vlan_counts_and_the_tag_that_is_written_is_the_ports()
    {
        using var vlans = new TwoVlans();
        byte[] frame = new FrameBuilder(FarMac, MacAddress.Broadcast).Ethernet(Experimental, [5]);
        byte[] fromTen = new FrameBuilder(vlans.InTen.Mac, MacAddress.Broadcast).Ethernet(Experimental, [9]);
        vlans.Send(vlans.Far, Tag(Tag(frame, 0x9100, Twenty), CustomerTag, 0));
        vlans.Send(vlans.InTen, Tag(fromTen, ServiceTag, 3 << 13));

        vlans.AssertHeard(vlans.InTen);
        vlans.AssertHeard(vlans.InTwenty, frame);
        vlans.AssertHeard(vlans.Trunk, Tag(frame, CustomerTag, Twenty), fromTen);
        vlans.AssertHeard(vlans.Far, Tag(fromTen, CustomerTag, (3 << 13) | Ten));
    }

    [Fact]
    public void What_a_port_does_not_carry_does_not_come_in()
    {
        using var vlans = new TwoVlans();
        byte[] fromFar = new FrameBuilder(FarMac, MacAddress.Broadcast).Ethernet(Experimental, [6]);
        byte[] fromTen = new FrameBuilder(vlans.InTen.Mac, MacAddress.Broadcast).Ethernet(Experimental, [7]);
        byte[] fromTrunk = new FrameBuilder(TrunkMac, MacAddress.Broadcast).Ethernet(Experimental, [8]);

        // The uplink has no VLAN for frames without a tag, and an access port's station does not choose its VLAN.
        vlans.Send(vlans.Far, fromFar);
        vlans.Send(vlans.Far, Tag(fromFar, CustomerTag, 0));
        vlans.Send(vlans.Far, Tag(fromFar, CustomerTag, 30));
        vlans.Send(vlans.InTen, Tag(fromTen, CustomerTag, Twenty));
        vlans.Send(vlans.InTen, Tag(fromTen, CustomerTag, Ten));
        vlans.Send(vlans.Trunk, Tag(fromTrunk, CustomerTag, 30));

        // The trunk's native VLAN is one, with a tag that gives only a priority as without.
        vlans.Send(vlans.Trunk, fromTrunk);
        vlans.Send(vlans.Trunk, Tag(fromTrunk, CustomerTag, 5 << 13));

        vlans.AssertHeard(vlans.InTen, fromTrunk, fromTrunk);
        vlans.AssertHeard(vlans.InTwenty);
        vlans.AssertHeard(vlans.Far, Tag(fromTrunk, CustomerTag, Ten), Tag(fromTrunk, CustomerTag, (5 << 13) | Ten));
        vlans.AssertHeard(vlans.Trunk);
        Assert.Equal((3, 2, 1), (vlans.Refused(vlans.Far), vlans.Refused(vlans.InTen), vlans.Refused(vlans.Trunk)));
    }

    /// <summary>The frame with a tag more, behind its addresses.</summary>
    private static byte[] Tag(byte[] frame, int protocol, int control)
    {
        const int addresses = 12;
        return [.. frame.AsSpan(0, addresses), (byte)(protocol >> 8), (byte)protocol, (byte)(control >> 8), (byte)control, .. frame.AsSpan(addresses)];
    }

    /// <summary>A host in each VLAN, an uplink with both, and a trunk with both whose native VLAN is the first.</summary>
    private sealed class TwoVlans : IDisposable
    {
        private readonly SwitchedNetwork network = new();
        private readonly Dictionary<Host, (Listener Listener, Talker Talker)> ends = [];

        public TwoVlans()
        {
            network.AddVlan(Twenty);
            InTen = network.AddHost("in-ten", "10.0.0.11/24");
            InTwenty = network.AddHost(new InterfaceRequest { Name = "in-twenty", VlanId = Twenty, IPAddress = ["10.0.1.11/24"], PermittedEtherType = ["0x88b5"] });
            Far = network.AddHost("far", FarMac, port => new SwitchPortSettings { Adapter = port, IsUplink = true, Vlans = [Ten, Twenty] });
            Trunk = network.AddHost("trunk", TrunkMac, port => new SwitchPortSettings { Adapter = port, Vlans = [Twenty], NativeVlan = Ten });
            network.Start();
            foreach (var host in new[] { InTen, InTwenty, Far, Trunk })
            {
                ends.Add(host, (host.Listen(), host.Talk()));
            }
        }

        public Host InTen { get; }

        public Host InTwenty { get; }

        public Host Far { get; }

        public Host Trunk { get; }

        /// <summary>Sends a frame, and waits until the switch is done with it.</summary>
        public void Send(Host host, byte[] frame)
        {
            long before = network.Statistics(host).Counts.FramesIn;
            ends[host].Talker.Send(frame);
            Deadline.Await("the frame is judged", () => network.Statistics(host).Counts.FramesIn > before);
        }

        public long Refused(Host host) => network.Statistics(host).Counts.DroppedByReason.GetValueOrDefault(ReceiveStage.VlanNotAllowed.Name);

        public long InnerTags(Host host) => network.Statistics(host).Counts.DroppedByReason.GetValueOrDefault("InnerTag");

        public void AssertHeard(Host host, params byte[][] expected)
        {
            var listener = ends[host].Listener;
            Deadline.Await("all that left the switch", () => network.Statistics(host).FramesSent == listener.Heard.Count);
            Assert.Equal(expected, listener.Heard.Select(heard => heard.Bytes));
        }

        public void Dispose()
        {
            foreach (var (listener, talker) in ends.Values)
            {
                listener.Dispose();
                talker.Dispose();
            }

            network.Dispose();
        }
    }
}
