using MacSegmentation.Enforcement;
using MacSegmentation.Counting;
using MacSegmentation.Frames;
using MacSegmentation.Ports;
using MacSegmentation.Switch;

namespace MacSegmentation.MetadataPorts;

/// <summary>Frames of a port whose carrier is Cisco's metadata header.</summary>
public class MetadataPortTests
{
    private const string Addresses = "020000000002020000000001";
    private const string Header = "8909010100010fa1";

    [Theory]
    [InlineData("", "0800abcd")]
    [InlineData("8100000a", "0800abcd")]
    [InlineData("88a8000a81000014", "0800abcd")]
    public void A_header_goes_behind_the_tags_and_comes_out_again(string tags, string rest)
    {
        byte[] bare = Convert.FromHexString(Addresses + tags + rest);
        var sent = new MemorySink("port");
        using var sink = new MetadataSink(sent);
        Assert.True(sink.Send(new Frame(bare, bare.Length, 1) { CarrierTag = 4001 | (1 << 16) }));
        byte[] tagged = Assert.Single(sent.Sent);
        Assert.Equal(Addresses + tags + Header + rest, Convert.ToHexStringLower(tagged));

        var (frames, dropped) = Receive(tagged);
        Assert.Equal(0, dropped);
        Assert.Equal([(4001u, Convert.ToHexStringLower(bare))], frames);
    }

    [Fact]
    public void What_has_no_partition_leaves_and_comes_as_it_is()
    {
        byte[] bare = Convert.FromHexString(Addresses + "0800abcd");
        var sent = new MemorySink("port");
        using var sink = new MetadataSink(sent);
        Assert.True(sink.Send(new Frame(bare, bare.Length, 1)));
        Assert.Equal(bare, Assert.Single(sent.Sent));
        Assert.Equal([(0u, Convert.ToHexStringLower(bare))], Receive(bare).Frames);
    }

    [Theory]
    [InlineData("8909")]
    [InlineData("8909010100010fa1")]
    [InlineData("8909030100010fa10800")]
    public void What_is_no_header_is_dropped_and_counted(string octets)
    {
        var (frames, dropped) = Receive(Convert.FromHexString(Addresses + octets));
        Assert.Empty(frames);
        Assert.Equal(1, dropped);
    }

    private static (List<(uint Tag, string Octets)> Frames, long Dropped) Receive(byte[] frame)
    {
        var handler = new Handler();
        using var source = new MetadataSource(new OneFrame(frame));
        source.Receive(handler);
        var tally = default(TrafficTally);
        source.TakeRefusals(ref tally);
        Assert.Equal(tally.FramesIn, tally.Dropped.Sum());
        return (handler.Seen, tally.Dropped.Sum());
    }

    private sealed class Handler : IFrameHandler
    {
        public List<(uint Tag, string Octets)> Seen { get; } = [];

        public void Handle(in Frame frame) => Seen.Add((frame.CarrierTag, Convert.ToHexStringLower(frame.Bytes)));
    }

    private sealed class OneFrame(byte[] frame) : IFrameSource
    {
        public string Name => "port";

        public SourceState Receive(IFrameHandler handler)
        {
            handler.Handle(new Frame(frame, frame.Length, 1));
            return SourceState.Ended;
        }

        public void Interrupt()
        {
        }

        public long ReadLostFrames() => 0;

        public void Dispose()
        {
        }
    }
}
