using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.LivePorts;
using MacSegmentation.Pcap;
using MacSegmentation.Ports;

namespace MacSegmentation.Lab;

/// <summary>What a live port hears, sends and refuses.</summary>
public sealed class PortTests
{
    [Fact]
    public void A_port_hears_what_arrives_and_not_what_is_sent_on_it()
    {
        using var segment = new Segment();
        using var listener = new Listener(segment.Middle, "p1");
        using var own = new Talker(segment.Middle, "p1");
        using var other = new Talker(segment.HostA, "a0");

        own.Send([.. Enumerable.Range(0, 100).Select(number => Packet.Build(64, number))]);
        byte[] last = Packet.Build(64, 1000);
        other.Send(last);

        Deadline.Await("the frame that arrives", () => listener.Heard.Count > 0);
        Assert.Equal(last, Assert.Single(listener.Heard).Bytes);
        Assert.Equal(100, segment.HostA.Count("a0", "rx", "packets"));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(60)]
    [InlineData(1514)]
    public void A_frame_arrives_byte_for_byte(int length)
    {
        using var segment = new Segment();
        using var listener = new Listener(segment.HostB, "b0");
        using var talker = new Talker(segment.Middle, "p2");
        byte[] frame = Packet.Build(length);

        talker.Send(frame);

        Deadline.Await("the frame", () => listener.Heard.Count > 0);
        var heard = Assert.Single(listener.Heard);
        Assert.Equal(frame, heard.Bytes);
        Assert.Equal(frame.Length, heard.Length);
        Assert.InRange(DateTime.UnixEpoch.AddTicks(heard.Timestamp / 100), DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
    }

    [Fact]
    public void A_frame_that_is_too_long_for_the_interface_fails_alone()
    {
        using var segment = new Segment();
        using var listener = new Listener(segment.HostB, "b0");
        using var port = segment.Middle.Run(() => LivePort.Open("p2"));
        byte[][] frames = [Packet.Build(100, 1), Packet.Build(1519, 2), Packet.Build(100, 3)];

        foreach (byte[] frame in frames)
        {
            Assert.True(port.Sink.Send(new Frame(frame, frame.Length, 0)));
        }

        Assert.Equal(1, port.Sink.Flush());
        Deadline.Await("the frames around it", () => listener.Heard.Count == 2);
        Assert.Equal([frames[0], frames[2]], listener.Heard.Select(heard => heard.Bytes));
    }

    [Fact]
    public void The_send_path_of_other_systems_sends_too()
    {
        using var segment = new Segment();
        using var listener = new Listener(segment.HostB, "b0");
        using var source = segment.Middle.Run(() => new PcapFrameSource("p2", "p2", 1 << 20));
        using var sink = new PcapFrameSink(source);
        byte[] frame = Packet.Build(100, tags: (0x8100, 10));

        Assert.True(sink.Send(new Frame(frame, frame.Length, 0)));
        Assert.Equal(0, sink.Flush());

        Deadline.Await("the frame", () => listener.Heard.Count > 0);
        Assert.Equal(frame, Assert.Single(listener.Heard).Bytes);
    }

    [Fact]
    public void Interrupt_wakes_a_waiting_reader_and_no_later_call_waits()
    {
        using var segment = new Segment();
        using var port = segment.Middle.Run(() => LivePort.Open("p1"));
        port.Source.Interrupt();

        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(SourceState.Open, port.Source.Receive(new Refusal()));
        }

        Assert.InRange(watch.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void An_error_of_the_handler_comes_out_of_receive_and_the_source_goes_on()
    {
        using var segment = new Segment();
        using var port = segment.Middle.Run(() => LivePort.Open("p1"));
        using var talker = new Talker(segment.HostA, "a0");
        talker.Send(Packet.Build(64));

        Deadline.Await("the handler's error", () => Record.Exception(() => port.Source.Receive(new Refusal())) is NotSupportedException);
        Assert.Equal(SourceState.Open, port.Source.Receive(new Refusal()));
    }

    [Fact]
    public void An_interface_that_is_down_is_opened_and_waited_for()
    {
        using var segment = new Segment();
        segment.Middle.Ip("link", "set", "p1", "down");
        segment.Middle.Run(() =>
        {
            using var port = LivePort.Open("p1");
            Assert.Equal(SourceState.Down, port.Source.Receive(new Refusal()));

            segment.Middle.Ip("link", "set", "p1", "up");
            Deadline.Await("the port is open", () => port.Source.Receive(new Refusal()) == SourceState.Open);
            return true;
        });
    }

    [Fact]
    public void An_unknown_interface_is_refused_with_the_nearest_names()
    {
        using var segment = new Segment();

        var error = segment.Middle.Run(() => Assert.Throws<MacSegmentationException>(() => LivePort.Open("p3")));

        Assert.Equal("AdapterNotFound", error.ErrorId);
        Assert.Equal("p3", error.Target);
        Assert.Contains("p1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_right_the_error_says_what_to_do()
    {
        using var segment = new Segment();

        var error = segment.Middle.Run(() => OwnThread.RunWithoutRights(() => Assert.Throws<MacSegmentationException>(() => LivePort.Open("p1"))));

        Assert.Equal("CaptureNotPermitted", error.ErrorId);
        Assert.Contains("setcap", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_type_without_ethernet_frames_is_refused()
    {
        using var segment = new Segment();

        var error = segment.Middle.Run(() => Assert.Throws<MacSegmentationException>(() => LivePort.Open("any")));

        Assert.Equal("LinkTypeNotEthernet", error.ErrorId);
        Assert.Contains("LINUX_SLL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_devices_are_listed_with_their_addresses_and_what_keeps_them_from_opening()
    {
        using var segment = new Segment();
        segment.AssignAddresses();

        var devices = segment.HostA.Run(CaptureDevices.List);
        var refused = segment.HostA.Run(() => OwnThread.RunWithoutRights(CaptureDevices.List));

        var known = devices.ToDictionary(device => device.Name, StringComparer.Ordinal);
        var a0 = known["a0"];
        Assert.Equal(Segment.MacOfA, a0.MacAddress.ToString());
        Assert.Equal("EN10MB", a0.LinkType);
        Assert.True(a0 is { IsUp: true, IsLoopback: false, CanOpen: true, Reason: null });
        Assert.Contains(Segment.AddressOfA, a0.Addresses.Select(address => address.ToString()));
        Assert.True(known["lo"].IsLoopback);
        Assert.Contains("Ethernet", known["any"].Reason, StringComparison.Ordinal);
        Assert.All(refused, device => Assert.False(device.CanOpen));
    }

    /// <summary>Takes no frame.</summary>
    private sealed class Refusal : IFrameHandler
    {
        public void Handle(in Frame frame) => throw new NotSupportedException();
    }
}
