using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;
using MacSegmentation.Carriers;
using MacSegmentation.Errors;
using MacSegmentation.FrameSizes;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.Partitions;
using MacSegmentation.Ports;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;

namespace MacSegmentation.Lab;

/// <summary>A VXLAN port, with the kernel's own VXLAN device as its peer.</summary>
public sealed class VxlanTests
{
    private const string Own = "10.1.0.1";
    private const string First = "10.1.0.2";
    private const string Second = "10.2.0.2";
    private const string Web = "10.0.0.1";
    private const string Peer = "10.0.0.2";
    private const string OtherPeer = "10.0.0.3";
    private const string Port = "underlay0/vxlan5000";
    private const int PeerId = 4001;
    private const int WebId = 4002;

    [Fact]
    public void The_kernel_s_device_and_the_port_understand_each_other()
    {
        using var lab = new Lab();
        lab.Start();
        Assert.Equal(3, lab.Web.Ping(Peer));
        Assert.Equal(3, lab.Peer.Ping(Web, 3, 2).Count);
    }

    [Fact]
    public void The_partition_that_the_kernel_says_is_denied_here_and_none_else()
    {
        SystemProgram.Require("nft", "nftables");
        using var lab = new Lab();
        lab.Network.Change(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "outside", Id = PeerId, Tag = [MacTag.Parse("outside", provider: null)] }));
        lab.Network.Change(writer => PartitionCatalog.AddPolicy(
            writer, new PartitionPolicyRequest { Partition = "outside", Peer = PartitionPeer.Any, Protocol = IpProtocol.Icmp, Action = PartitionAction.Deny }));
        lab.Start();
        Assert.Equal(3, lab.Peer.Ping(Web, 3, 2).Count);

        lab.Mark(PeerId);
        Assert.Empty(lab.Peer.Ping(Web, 3, 1));
        Assert.True(lab.Network.Statistics(Port).Counts.DeniedByReason.GetValueOrDefault(PartitionStage.Refused.Name) >= 3);

        // Already applied, says the kernel: bit 3 of the octet above.
        lab.Mark(PeerId | (0x08 << 16));
        Assert.Equal(3, lab.Peer.Ping(Web, 3, 2).Count);

        lab.Mark(PeerId + 1);
        Assert.Equal(3, lab.Peer.Ping(Web, 3, 2).Count);
    }

    [Fact]
    public void What_the_kernel_says_is_not_to_be_learned_is_not()
    {
        SystemProgram.Require("nft", "nftables");
        using var lab = new Lab();
        lab.Start();
        lab.Mark(0x40 << 16);
        Assert.Equal(3, lab.Peer.Ping(Web, 3, 2).Count);
        Assert.Equal(0, lab.Network.Statistics(Port).AddressesLearned);
        lab.Mark(0);
        Assert.Single(lab.Peer.Ping(Web, 1, 2));
        Assert.Equal(1, lab.Network.Statistics(Port).AddressesLearned);
    }

    [Fact]
    public void The_kernel_sees_the_partition_of_who_sends()
    {
        SystemProgram.Require("nft", "nftables");
        using var lab = new Lab();
        lab.Network.Change(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "all", Id = 7, Priority = 10, Tag = [MacTag.Parse("web", provider: null)] }));
        lab.Network.Change(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "web", Id = WebId, Priority = 200, Tag = [MacTag.Parse("web", provider: null)] }));
        lab.Start();
        lab.Peer.Execute("nft", "add table ip seen; add chain ip seen in { type filter hook input priority 0; }; "
            + $"add rule ip seen in iifname vx0 meta mark {WebId} counter; add rule ip seen in iifname vx0 meta mark != {WebId} counter");
        Assert.Equal(3, lab.Web.Ping(Peer));
        string[] counted = [.. lab.Peer.Execute("nft", "list", "chain", "ip", "seen", "in").Split('\n').Where(line => line.Contains("counter", StringComparison.Ordinal))];
        Assert.Contains("packets 3 ", counted[0], StringComparison.Ordinal);
        Assert.Contains("packets 0 ", counted[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_answered_and_counted()
    {
        using var lab = new Lab();
        lab.Start();
        Assert.Equal(1, lab.Web.Ping(Peer, 1));
        string said = lab.PingTooBig("1423");
        Assert.Contains("mtu = 1450", said.Replace("mtu=", "mtu = ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(1, lab.Network.Statistics(lab.Web).Counts.DroppedByReason.GetValueOrDefault(TooBigResponder.TooBig.Name));
        Assert.Equal(1, lab.Network.Statistics(Port).FramesNotSent);

        // The longest that fits, and then one that the host cuts itself, as it knows by now.
        Assert.Equal(0, Command.Try("ip", "netns", "exec", lab.Web.Namespace.Name, "ping", "-n", "-c", "1", "-W", "2", "-M", "do", "-s", "1422", Peer).ExitCode);
        Assert.Equal(0, Command.Try("ip", "netns", "exec", lab.Web.Namespace.Name, "ping", "-n", "-c", "1", "-W", "2", "-M", "want", "-s", "3000", Peer).ExitCode);
    }

    [Fact]
    public void What_is_no_frame_for_the_port_is_dropped_and_counted_by_its_reason()
    {
        using var lab = new Lab();
        lab.Start();
        lab.Peer.Ip("address", "add", "10.1.0.3/24", "dev", "u0");
        byte[] frame = new byte[60];
        byte[] header = [0x08, 0, 0, 0, 0, 0x13, 0x88, 0];
        lab.Throw(First, [0x08, 0, 0, 0]);
        lab.Throw(First, [.. header[..7], 1, .. frame]);
        lab.Throw(First, [0x0C, .. header[1..], .. frame]);
        lab.Throw(First, [.. header[..5], 0x13, 0x89, 0, .. frame]);
        lab.Throw("10.1.0.3", [.. header, .. frame]);
        Deadline.Await("five packets", () => lab.Network.Statistics(Port).Counts.FramesDropped >= 5);
        var dropped = lab.Network.Statistics(Port).Counts.DroppedByReason;
        Assert.Equal(1, dropped.GetValueOrDefault(CarrierReasons.Truncated.Name));
        Assert.Equal(2, dropped.GetValueOrDefault(CarrierReasons.Malformed.Name));
        Assert.Equal(1, dropped.GetValueOrDefault(CarrierReasons.UnknownVni.Name));
        Assert.Equal(1, dropped.GetValueOrDefault(CarrierReasons.UnknownRemote.Name));
        Assert.Equal(1, lab.Web.Ping(Peer, 1));
    }

    [Fact]
    public void Among_several_remotes_a_frame_goes_to_the_one_that_it_is_for_and_none_goes_from_one_to_another()
    {
        using var lab = new Lab(First, Second);
        using var behind = new NetworkNamespace("behind");
        lab.Peer.Connect("r0", behind, "u0");
        lab.Peer.Ip("address", "add", "10.2.0.1/24", "dev", "r0");
        lab.Peer.Execute("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        InterfaceFeatures.FinishFrames(behind, "u0");
        behind.Ip("address", "add", $"{Second}/24", "dev", "u0");
        behind.Ip("route", "add", "10.1.0.0/24", "via", "10.2.0.1");
        lab.Network.AddRoute("10.2.0.0/24", First);
        Lab.AddDevice(behind, OtherPeer);
        lab.Start();

        Assert.Equal(3, lab.Web.Ping(Peer));
        Assert.Equal(3, lab.Web.Ping(OtherPeer));
        long atFirst = lab.Peer.Count("vx0", "rx", "packets");
        Assert.Equal(5, lab.Web.Ping(OtherPeer, 5));
        Assert.True(lab.Peer.Count("vx0", "rx", "packets") - atFirst < 5);

        // A path that is narrower than the adapter shows when it refuses the first ones; then who sends is told.
        behind.Ip("link", "set", "u0", "mtu", "1300");
        lab.Peer.Ip("link", "set", "r0", "mtu", "1300");
        Deadline.Await("the host is told of the narrow path", () => lab.PingTooBig("1350", OtherPeer).Contains("1250", StringComparison.Ordinal));
        Assert.True(lab.Network.Statistics(Port).FramesNotSent > 0);

        // What it asks for all to hear comes to the host, and not to the other remote.
        long atSecond = behind.Count("vx0", "rx", "packets");
        Assert.Empty(lab.Peer.Ping(OtherPeer, 2, 1));
        Assert.Equal(atSecond, behind.Count("vx0", "rx", "packets"));
    }

    [Theory]
    [InlineData(TunnelKind.Vxlan, "0x8808\t4002\t5000", "vxlan.flags", "vxlan.gbp", "vxlan.vni")]
    [InlineData(TunnelKind.Geneve, "0x001388\t0x0102\t0x01\t00080fa2", "geneve.vni", "geneve.option.class", "geneve.option.type", "geneve.option.unknown.data")]
    public void Two_switches_carry_partitions_between_them_and_Wireshark_reads_what_they_write(TunnelKind kind, string expected, params string[] fields)
    {
        SystemProgram.Require("tshark", "tshark");
        SystemProgram.Require("tcpdump", "tcpdump");
        using var here = new SwitchedNetwork();
        using var there = new SwitchedNetwork();
        var request = new InterfaceRequest { Name = "web", VlanId = SwitchedNetwork.Vlan, IPAddress = [$"{Web}/24"], Tag = [MacTag.Parse("web", provider: null)] };
        var db = request with { Name = "db", MacAddress = MacAddress.Parse("02:00:00:00:0a:80", provider: null), IPAddress = [$"{Peer}/24"], Tag = [MacTag.Parse("db", provider: null)] };

        // The side of the web server knows both; the other one knows it by its number alone, and refuses what was not judged there.
        here.Change(writer => InterfaceCatalog.Create(writer, db));
        var web = here.AddHost(request);
        var host = there.AddHost(db);
        foreach (var network in new[] { here, there })
        {
            network.Change(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "web", Id = WebId, Tag = [MacTag.Parse("web", provider: null)] }));
            network.Change(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "db", Id = WebId + 1, Tag = [MacTag.Parse("db", provider: null)] }));
        }

        there.Change(writer => PartitionCatalog.AddPolicy(
            writer, new PartitionPolicyRequest { Partition = "db", Peer = PartitionPeer.Any, Protocol = IpProtocol.Icmp, Action = PartitionAction.Deny }));
        here.AddUnderlay("underlay0", $"{Own}/24", there, $"{First}/24");
        string carrier = kind == TunnelKind.Vxlan ? "gbp=true" : "optionClass=0x0102,optionType=1";
        here.AddPort(TunnelPort(kind, $"vni=5000,remote={First},{carrier}"));
        there.AddPort(TunnelPort(kind, $"vni=5000,remote={Own},{carrier}"));
        here.Start();
        there.Start();

        // Its requests come with the mark that they were judged, and so the answers are replies.
        string capture = Path.GetTempFileName();
        using (var listener = here.Start("tcpdump", "-i", "underlay0", "--immediate-mode", "-U", "-w", capture, "udp"))
        {
            listener.AwaitOutput("listening");
            Assert.Equal(2, web.Ping(Peer, 2));
            Deadline.Await("four packets", () => new FileInfo(capture).Length > 4 * 150);
        }

        try
        {
            string[] arguments = ["-r", capture, "-Y", $"ip.dst == {First} && icmp", "-T", "fields", .. fields.SelectMany(field => new[] { "-e", field }), "-e", "ip.flags.df", "-e", "_ws.malformed"];
            string line = Command.Run("tshark", arguments).Split('\n').First(one => one.StartsWith("0x", StringComparison.Ordinal));
            Assert.Equal($"{expected}\t1,1\t", line);
        }
        finally
        {
            File.Delete(capture);
        }

        // From the other side nothing was judged: the policy there refuses what its host begins.
        Assert.Equal(0, host.Ping(Web, 2, 1));
    }

    [Fact]
    public void A_metadata_header_says_the_partition_on_an_ordinary_port_and_Wireshark_reads_it()
    {
        SystemProgram.Require("tshark", "tshark");
        SystemProgram.Require("tcpdump", "tcpdump");
        using var network = new SwitchedNetwork();
        network.Change(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "web", Id = WebId, Tag = [MacTag.Parse("web", provider: null)] }));
        var web = network.AddHost(new InterfaceRequest { Name = "web", VlanId = SwitchedNetwork.Vlan, IPAddress = [$"{Web}/24"], Tag = [MacTag.Parse("web", provider: null)] });
        var device = network.AddHost(
            "device", MacAddress.Parse("02:00:00:00:00:99", provider: null), port => new SwitchPortSettings { Adapter = port, Vlans = [SwitchedNetwork.Vlan], Metadata = MetadataKind.Cisco });
        network.Start();
        string capture = Path.GetTempFileName();
        try
        {
            using (var listener = device.Start("tcpdump", "-i", Host.Interface, "--immediate-mode", "-U", "-w", capture))
            {
                listener.AwaitOutput("listening");
                Assert.Equal(0, web.Ping(Peer, 1, 1));
                Deadline.Await("what it asks for", () => new FileInfo(capture).Length > 24);
            }

            string read = Command.Run("tshark", "-r", capture, "-T", "fields", "-e", "cmd.sgt", "-e", "arp.dst.proto_ipv4", "-e", "_ws.malformed");
            Assert.Contains($"{WebId}\t{Peer}\t", read.Split('\n'));
        }
        finally
        {
            File.Delete(capture);
        }
    }

    [Fact]
    public void Open_vSwitch_reads_the_option_of_Geneve_and_its_own_is_judged_by_here()
    {
        using var network = new SwitchedNetwork();
        using var peer = new NetworkNamespace("ovs");
        network.Change(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "web", Id = WebId, Tag = [MacTag.Parse("web", provider: null)] }));
        network.Change(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "outside", Id = PeerId, Tag = [MacTag.Parse("outside", provider: null)] }));
        var web = network.AddHost(new InterfaceRequest { Name = "web", VlanId = SwitchedNetwork.Vlan, IPAddress = [$"{Web}/24"], Tag = [MacTag.Parse("web", provider: null)] });
        network.AddUnderlay("underlay0", $"{Own}/24", peer, "u0", "10.1.9.9/32");
        network.AddPort(TunnelPort(TunnelKind.Geneve, $"vni=5000,remote={First},optionClass=0x0102,optionType=1"));

        // The stack must not answer at the bridge's port for the bridge's address.
        peer.Ip("address", "flush", "dev", "u0");
        peer.Ip("link", "set", "u0", "arp", "off");
        using var ovs = new OpenVSwitch(peer);
        ovs.Configure("add-br", "below", "--", "set", "bridge", "below", "datapath_type=netdev", "--", "add-port", "below", "u0");
        ovs.Configure(
            "add-br", "inner", "--", "set", "bridge", "inner", "datapath_type=netdev",
            "--", "add-port", "inner", "g0", "--", "set", "interface", "g0", "type=geneve", $"options:remote_ip={Own}", "options:key=5000", "ofport_request=1");
        foreach (var (bridge, address) in new[] { ("below", First), ("inner", Peer) })
        {
            peer.Ip("link", "set", bridge, "up");
            peer.Ip("address", "add", $"{address}/24", "dev", bridge);
        }

        // Only what says that it is from the web's partition comes in; what goes out says that it is from outside.
        ovs.Control("add-tlv-map", "inner", "{class=0x0102,type=1,len=4}->tun_metadata0");
        ovs.Control("del-flows", "inner");
        ovs.Control("add-flow", "inner", $"in_port=1,tun_metadata0={WebId},actions=LOCAL");
        ovs.Control("add-flow", "inner", $"in_port=LOCAL,actions=set_field:{PeerId}->tun_metadata0,output:1");
        network.Start();
        Assert.Equal(3, web.Ping(Peer));
        Assert.Equal(3, peer.Ping(Web, 3, 2).Count);

        network.Change(writer => PartitionCatalog.AddPolicy(
            writer, new PartitionPolicyRequest { Partition = "outside", Peer = PartitionPeer.Any, Direction = TrafficDirection.Outbound, Protocol = IpProtocol.Icmp, Action = PartitionAction.Deny }));
        network.AwaitNewestTable();
        Assert.Empty(peer.Ping(Web, 2, 1));
        Assert.Equal(2, network.Statistics("underlay0/geneve5000").Counts.DeniedByReason.GetValueOrDefault(PartitionStage.Refused.Name));
        Assert.Equal(3, web.Ping(Peer));
    }

    [Fact]
    public void A_remote_of_another_family_than_the_adapter_is_refused()
    {
        using var network = new SwitchedNetwork();
        using var other = new NetworkNamespace("other");
        network.AddUnderlay("underlay0", $"{Own}/24", other, "u0", $"{First}/24");
        network.AddPort(TunnelPort(TunnelKind.Vxlan, "vni=5000,remote=fd00::2"));
        var error = Assert.Throws<MacSegmentationException>(() => network.Start());
        Assert.Equal("TunnelAddressMissing", error.ErrorId);
    }

    private static SwitchPortSettings TunnelPort(TunnelKind kind, string settings) =>
        new() { Adapter = "underlay0", Vlans = [SwitchedNetwork.Vlan], Tunnel = TunnelSettings.Parse(kind, settings) };

    /// <summary>A host of the switch, the network below, and a machine on it with a tunnel device of the kernel.</summary>
    private sealed class Lab : IDisposable
    {
        public Lab(params string[] remotes)
        {
            Network = new SwitchedNetwork();
            Peer = new NetworkNamespace("peer");
            Web = Network.AddHost(new InterfaceRequest { Name = "web", VlanId = SwitchedNetwork.Vlan, IPAddress = [$"{VxlanTests.Web}/24"], Tag = [MacTag.Parse("web", provider: null)] });
            Network.AddUnderlay("underlay0", $"{Own}/24", Peer, "u0", $"{First}/24");
            string ends = string.Join(',', (remotes.Length == 0 ? [First] : remotes).Select(remote => $"remote={remote}"));
            Network.AddPort(TunnelPort(TunnelKind.Vxlan, $"vni=5000,{ends},gbp=true"));
            AddDevice(Peer, VxlanTests.Peer);
        }

        public SwitchedNetwork Network { get; }

        public NetworkNamespace Peer { get; }

        public Host Web { get; }

        public static void AddDevice(NetworkNamespace at, string address)
        {
            var (exitCode, output) = Command.Try("ip", "-n", at.Name, "link", "add", "vx0", "type", "vxlan", "id", "5000", "remote", Own, "dstport", "4789", "gbp");
            Assert.SkipUnless(exitCode == 0, $"The kernel makes no device of the type vxlan: {output.Trim()}");
            InterfaceFeatures.FinishFrames(at, "vx0");
            at.Ip("link", "set", "vx0", "mtu", "1450", "up");
            at.Ip("address", "add", $"{address}/24", "dev", "vx0");
        }

        public void Start() => Network.Start();

        /// <summary>Has the kernel say from which group what it sends is.</summary>
        public void Mark(int mark)
        {
            _ = Command.Try("ip", "netns", "exec", Peer.Name, "nft", "delete table netdev marks; delete table ip marks; delete table arp marks");
            foreach (string family in new[] { "ip", "arp" })
            {
                Peer.Execute("nft", string.Create(CultureInfo.InvariantCulture, $"add table {family} marks; add chain {family} marks out {{ type filter hook output priority 0; }}; add rule {family} marks out oifname vx0 meta mark set {mark}"));
            }
        }

        public string PingTooBig(string octets, string to = VxlanTests.Peer) => Command.Try("ip", "netns", "exec", Web.Namespace.Name, "ping", "-n", "-c", "1", "-W", "1", "-M", "do", "-s", octets, to).Output;

        /// <summary>Sends a datagram of any making from an address of the peer's to the port.</summary>
        public void Throw(string from, byte[] octets) => Peer.Run(() =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            return socket.SendTo(octets, new IPEndPoint(IPAddress.Parse(Own), VxlanHeader.UdpPort));
        });

        public void Dispose()
        {
            Network.Dispose();
            Peer.Dispose();
        }
    }
}
