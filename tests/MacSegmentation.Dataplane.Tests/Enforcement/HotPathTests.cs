using MacSegmentation.Captures;
using MacSegmentation.Enforcement;
using MacSegmentation.Frames;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcement;

/// <summary>From one capture to another a frame costs no allocation, whatever its outcome.</summary>
public sealed class HotPathTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task No_frame_allocates()
    {
        const int Frames = 200_000;
        var builder = new CaptureBuilder(isBigEndian: true).Pcap();
        for (uint i = 0; i < Frames; i++)
        {
            byte[] frame = TestFrame.Build(1, 0x0200_0000_0000UL + (i % 5), 10, payload: 4);
            builder.Record(1, i, i % 7 == 6 ? frame[..16] : frame);
        }

        // Allowed, denied beyond what events tell of, dropped, by default, malformed.
        var table = Tables.Compile(1, (10, PolicyAction.Deny, ["02:00:00:00:00:01 * Deny", "02:00:00:00:00:02 * Drop", "02:00:00:00:00:03 * Allow"]));
        var route = CaptureRoute.Open(folder.Write("in.pcap", builder.ToArray()), folder.File("out.pcap"), folder.File("denied.pcap"));
        var measured = new MeasuredSource(route.Source);
        using var enforcer = new PolicyEnforcer(table, [route with { Source = measured }]);
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);
        Assert.Equal(Frames, enforcer.GetStatistics().Total.FramesIn);

        // What is left are the first events of each policy and what a batch costs.
        Assert.InRange(measured.Allocated, 0, Frames / 2);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A port that counts what its thread allocates while it hands over frames.</summary>
    private sealed class MeasuredSource(IFrameSource inner) : IFrameSource
    {
        public string Name => inner.Name;

        public long Allocated { get; private set; }

        public SourceState Receive(IFrameHandler handler)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var state = inner.Receive(handler);
            Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            return state;
        }

        public void Interrupt() => inner.Interrupt();

        public long ReadLostFrames() => inner.ReadLostFrames();

        public void Dispose() => inner.Dispose();
    }
}
