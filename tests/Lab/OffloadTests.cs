using System.Net;
using System.Net.Sockets;
using MacSegmentation.Ingress;
using MacSegmentation.Lab.Network;
using MacSegmentation.LivePorts;
using MacSegmentation.Offloads;
using MacSegmentation.Pcap;

namespace MacSegmentation.Lab;

/// <summary>Offloads that hand over merged or unfinished frames.</summary>
public sealed class OffloadTests
{
    private const string PeerFeature = "tx-checksum-ip-generic";

    [Fact]
    public void A_veth_whose_peer_is_out_of_sight_says_so()
    {
        using var segment = new Segment();

        var offload = segment.Middle.Run(() => Assert.Single(OffloadInspector.Inspect("p1")));

        Assert.Equal(OffloadEffect.OutOfSight, offload.Effect);
        Assert.Contains("ethtool -K", offload.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Offloads_are_found_turned_off_while_the_port_is_open_and_turned_on_again()
    {
        using var segment = new Segment();
        segment.Middle.Connect("q1", segment.Middle, "q2");
        InterfaceFeatures.Set(segment.Middle, "q1", "rx-gro", on: true);
        InterfaceFeatures.Set(segment.Middle, "q2", "rx-gro", on: true);

        var before = segment.Middle.Run(() => OffloadInspector.Inspect("q1"));
        using (var port = segment.Middle.Run(() => LivePort.Open("q1", new LivePortOptions { DisableOffload = true })))
        {
            Assert.Empty(port.Offloads);
            Assert.DoesNotContain(PeerFeature, InterfaceFeatures.Active(segment.Middle, "q2"));
            Assert.Contains("rx-gro", InterfaceFeatures.Active(segment.Middle, "q2"));
        }

        Assert.Contains(new ActiveOffload("q1", "rx-gro", OffloadEffect.MergesFrames), before);
        Assert.Contains(new ActiveOffload("q2", PeerFeature, OffloadEffect.LeavesFramesUnfinished), before);
        Assert.Equivalent(before, segment.Middle.Run(() => OffloadInspector.Inspect("q1")), strict: true);
    }

    [Fact]
    public void Without_the_right_nothing_is_changed_and_the_error_says_what_to_do()
    {
        using var segment = new Segment();
        InterfaceFeatures.Set(segment.Middle, "p1", "rx-gro", on: true);

        var error = segment.Middle.Run(() => OwnThread.RunWithoutRights(() =>
            Assert.Throws<Errors.MacSegmentationException>(() => LivePort.Open("p1", new LivePortOptions { DisableOffload = true }))));

        Assert.Equal("OffloadNotChanged", error.ErrorId);
        Assert.Contains("rx-gro", InterfaceFeatures.Active(segment.Middle, "p1"));
    }

    [Fact]
    public void A_connection_passes_whole_once_the_senders_finish_their_frames()
    {
        using var segment = new Segment();
        segment.AssignAddresses();
        using var running = new RunningEnforcer(segment.Middle);

        // With the offloads of the hosts on, checksums are left unfinished, and nothing that pcap hands over shows it.
        var senders = new[] { (segment.HostA, "a0"), (segment.HostB, "b0") };
        foreach (var (host, interfaceName) in senders)
        {
            Assert.Contains(PeerFeature, InterfaceFeatures.Active(host, interfaceName));
            InterfaceFeatures.FinishFrames(host, interfaceName);
        }

        byte[] sent = new byte[4 << 20];
        new Random(1).NextBytes(sent);
        Assert.Equal(sent, Transfer(segment, sent));
        Assert.False(running.Counts.DroppedByReason.ContainsKey(ReceiveStage.Truncated.Name));
    }

    [Fact]
    public void A_frame_merged_by_its_sender_is_counted_as_truncated()
    {
        using var segment = new Segment();
        segment.AssignAddresses();
        using var running = new RunningEnforcer(segment.Middle);

        // Checksums of UDP can be left out, so only the cutting into segments is left to hardware that is not there.
        segment.HostA.Run(() =>
        {
            const int protocolUdp = 17;
            const int segmentSize = 103;
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            byte[] value = BitConverter.GetBytes(1000);
            socket.SetRawSocketOption(protocolUdp, segmentSize, value);
            Deadline.Await("an address is resolved and the merged frame is counted", () =>
            {
                socket.SendTo(new byte[20_000], new IPEndPoint(IPAddress.Parse(Segment.AddressOfB), 9));
                return running.Counts.DroppedByReason.ContainsKey(ReceiveStage.Truncated.Name);
            });
            return true;
        });
    }

    private static byte[] Transfer(Segment segment, byte[] sent)
    {
        const int patienceMilliseconds = 10_000;
        using var listener = segment.HostB.Run(() =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, 7777));
            socket.Listen();
            return socket;
        });
        var sender = new Thread(() => segment.HostA.Run(() =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendTimeout = patienceMilliseconds };
            socket.Connect(IPAddress.Parse(Segment.AddressOfB), 7777);
            socket.Send(sent);
            return true;
        }));
        sender.Start();
        Assert.True(listener.Poll(TimeSpan.FromMilliseconds(patienceMilliseconds), SelectMode.SelectRead), "No connection came.");
        using var connection = listener.Accept();
        connection.ReceiveTimeout = patienceMilliseconds;
        byte[] received = new byte[sent.Length];
        for (int at = 0; at < received.Length;)
        {
            int got = connection.Receive(received.AsSpan(at));
            Assert.True(got > 0, $"The connection ended after {at} octets.");
            at += got;
        }

        sender.Join();
        return received;
    }
}
