using System.Runtime.CompilerServices;
using MacSegmentation.Capture;

namespace MacSegmentation.Pcap;

public sealed unsafe class SharpPcapLayerTests
{
    [Fact]
    public void Opening_again_what_did_not_open_fails_again()
    {
        var layer = CreateLayer();

        var first = Assert.Throws<CaptureException>(() => layer.Open("no-such-if", new CaptureOptions()));
        var second = Assert.Throws<CaptureException>(() => layer.Open("no-such-if", new CaptureOptions()));

        Assert.True(first.Status < 0);
        Assert.Equal((first.Status, first.Message), (second.Status, second.Message));

        // The library's own words, and not what SharpPcap puts around them.
        Assert.DoesNotContain("Unable to open the adapter '", first.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Unable to activate the adapter (", first.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Listing_loads_no_second_native_library()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has loaded is read from /proc.");
        _ = CreateLayer().List();

        var files = File.ReadLines("/proc/self/maps").Where(line => line.Contains("/libpcap.", StringComparison.Ordinal)).Select(line => line[line.IndexOf('/')..]).Distinct();

        Assert.Single(files);
    }

    [Fact]
    public void An_open_interface_outlives_a_collection_as_long_as_its_handle_is_held()
    {
        using var handle = OpenLoopback();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        NativePcap.CaptureStatistics statistics;
        Assert.Equal(0, NativePcap.pcap_stats(handle, &statistics));
        Assert.Equal(NativePcap.DLT_EN10MB, handle.LinkType);
        Assert.Equal(1, handle.FractionUnit);
    }

    [Fact]
    public void A_closed_capture_has_no_handle()
    {
        var layer = CreateLayer();
        string name = Loopback(layer);
        var capture = Permitted(() => layer.Open(name, new CaptureOptions()));
        Assert.NotEqual(0, capture.Handle);
        Assert.False(capture.IsInNanoseconds);

        capture.Dispose();
        capture.Dispose();

        Assert.Equal(0, capture.Handle);
    }

    [Fact]
    public void A_filter_that_does_not_compile_is_told_and_leaves_nothing_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are counted in /proc.");
        var layer = CreateLayer();
        string name = Loopback(layer);
        Permitted(() => layer.Open(name, new CaptureOptions())).Dispose();

        // Other tests open and close files meanwhile: the sockets of packets are this test's.
        int before = PacketSocketsOfThisProcess();
        for (int i = 0; i < 20; i++)
        {
            var error = Assert.Throws<CaptureException>(() => layer.Open(name, new CaptureOptions { Filter = "no such word" }));
            Assert.NotEmpty(error.Message);
        }

        Assert.InRange(PacketSocketsOfThisProcess(), 0, before + 5);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PcapHandle OpenLoopback()
    {
        var layer = CreateLayer();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A loopback carries Ethernet frames on Linux only.");
        return Permitted(() => new PcapHandle(layer.Open("lo", PcapOpener.OptionsFor(PcapLibrary.Implementation, 65_535, 1 << 20))));
    }

    private static string Loopback(SharpPcapLayer layer) =>
        layer.List().FirstOrDefault(known => known.IsLoopback)?.Name ?? Skipped("There is no loopback to open.");

    private static int PacketSocketsOfThisProcess()
    {
        var inodes = File.ReadLines("/proc/self/net/packet").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]).ToHashSet();
        return Directory.EnumerateFiles("/proc/self/fd").Count(
            file => new FileInfo(file).LinkTarget is { } target && inodes.Contains(target.Replace("socket:[", "", StringComparison.Ordinal).TrimEnd(']')));
    }

    private static T Permitted<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (CaptureException error) when (error.Status is NativePcap.PCAP_ERROR_PERM_DENIED or NativePcap.PCAP_ERROR_PROMISC_PERM_DENIED)
        {
            throw new InvalidOperationException(Skipped(error.Message), error);
        }
    }

    private static SharpPcapLayer CreateLayer()
    {
        var missing = Record.Exception(() => PcapLibrary.Require());
        Assert.SkipUnless(missing is null, missing?.Message ?? "");
        return new SharpPcapLayer(PcapLibrary.Require());
    }

    private static string Skipped(string reason)
    {
        Assert.Skip(reason);
        return reason;
    }
}
