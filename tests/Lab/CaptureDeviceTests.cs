using MacSegmentation.Lab.Network;
using MacSegmentation.LivePorts;
using MacSegmentation.Pcap;

namespace MacSegmentation.Lab;

/// <summary>What the list of interfaces says of interfaces that change, and of names that end alike.</summary>
public sealed class CaptureDeviceTests
{
    [Fact]
    public void The_list_shows_what_has_changed_since_the_last()
    {
        using var segment = new Segment();
        Assert.True(Find(segment, "p1")!.IsUp);

        segment.Middle.Ip("link", "set", "p1", "down");
        Assert.False(Find(segment, "p1")!.IsUp);

        segment.Middle.Ip("link", "set", "p1", "up");
        Assert.True(Find(segment, "p1")!.IsUp);

        segment.Middle.Ip("link", "delete", "p1");
        Assert.Null(Find(segment, "p1"));
    }

    [Fact]
    public void A_name_that_ends_as_another_is_not_taken_for_it()
    {
        using var segment = new Segment();
        segment.Middle.Ip(
            "link", "add", "eth0", "address", "02:00:00:00:00:e0", "type", "veth", "peer", "name", "veth-eth0", "address", "02:00:00:00:00:e1");

        var plain = Find(segment, "eth0")!;
        var longer = Find(segment, "veth-eth0")!;

        Assert.Equal("02:00:00:00:00:e0", plain.MacAddress.ToString());
        Assert.Equal("02:00:00:00:00:e1", longer.MacAddress.ToString());
        Assert.NotEqual("eth0", longer.Description);
        segment.Middle.Ip("link", "set", "veth-eth0", "up");
        using var port = segment.Middle.Run(() => LivePort.Open("veth-eth0"));
        Assert.Equal("veth-eth0", port.Name);
        Assert.False(Find(segment, "eth0")!.IsUp);
    }

    [Fact]
    public void An_interface_that_came_up_opens_after_it_could_not()
    {
        using var segment = new Segment();
        segment.Middle.Ip("link", "set", "p1", "down");
        Assert.Null(segment.Middle.Run(() => PcapOpener.TryOpen("p1", "p1", 1578, 1 << 20)));

        segment.Middle.Ip("link", "set", "p1", "up");
        using var handle = segment.Middle.Run(() => PcapOpener.TryOpen("p1", "p1", 1578, 1 << 20));

        Assert.NotNull(handle);
        Assert.Equal(NativePcap.DLT_EN10MB, handle.LinkType);
    }

    private static MacCaptureDevice? Find(Segment segment, string name) =>
        segment.Middle.Run(CaptureDevices.List).FirstOrDefault(device => string.Equals(device.Name, name, StringComparison.Ordinal));
}
