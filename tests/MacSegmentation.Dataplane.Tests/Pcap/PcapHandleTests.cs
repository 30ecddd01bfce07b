using System.Runtime.CompilerServices;

namespace MacSegmentation.Pcap;

public sealed class PcapHandleTests
{
    [Fact]
    public void What_opened_it_lives_as_long_as_the_handle_and_is_closed_with_it()
    {
        var (handle, capture) = Open();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(capture.TryGetTarget(out var held));
        Assert.Equal(0, held.Closings);

        handle.Dispose();
        Assert.Equal(1, held.Closings);
    }

    [Fact]
    public void It_is_closed_only_after_the_call_that_is_under_way()
    {
        var capture = new StandIn();
        var handle = new PcapHandle(capture);
        bool isHeld = false;
        handle.DangerousAddRef(ref isHeld);

        handle.Dispose();
        Assert.Equal(0, capture.Closings);

        handle.DangerousRelease();
        Assert.Equal(1, capture.Closings);
        Assert.Throws<ObjectDisposedException>(() => NativePcap.pcap_breakloop(handle));
    }

    [Fact]
    public void One_that_nobody_disposed_of_is_closed_once()
    {
        var closings = Abandon();

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(1, closings.Value);
    }

    // Not inlined: a local of the test would hold what is to be collected.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (PcapHandle Handle, WeakReference<StandIn> Capture) Open()
    {
        var capture = new StandIn();
        return (new PcapHandle(capture), new WeakReference<StandIn>(capture));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static StrongBox<int> Abandon()
    {
        var capture = new StandIn();
        _ = new PcapHandle(capture);
        return capture.Count;
    }

    private sealed class StandIn : IOpenCapture
    {
        public StrongBox<int> Count { get; } = new();

        public int Closings => Count.Value;

        public nint Handle => 1;

        public int LinkType => NativePcap.DLT_EN10MB;

        public bool IsInNanoseconds => true;

        public void Dispose() => Interlocked.Increment(ref Count.Value);
    }
}
