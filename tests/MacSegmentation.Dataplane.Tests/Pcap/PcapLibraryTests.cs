using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Errors;
using MacSegmentation.LivePorts;

namespace MacSegmentation.Pcap;

public sealed class PcapLibraryTests
{
    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        var error = Assert.Throws<MacSegmentationException>(() => PcapLibrary.Load(["libmacsegnosuch.so.1", "libmacsegnosuch.so.0.8"]));

        Assert.Equal("PcapMissing", error.ErrorId);
        Assert.Equal(MacErrorKind.NotInstalled, error.Kind);
        Assert.Contains("libmacsegnosuch.so.0.8", error.Message, StringComparison.Ordinal);
        Assert.Contains(OperatingSystem.IsWindows() ? "Npcap" : "libpcap", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_library_it_is_is_told_by_the_library_and_not_by_the_system()
    {
        string[] npcap =
        [
            "pcap_open", "pcap_setbuff", "pcap_setmintocopy",
            "pcap_sendqueue_alloc", "pcap_sendqueue_destroy", "pcap_sendqueue_queue", "pcap_sendqueue_transmit",
        ];

        // Each subset of the functions, whoever made the library: only the whole set is Npcap's, and Wine's names have nothing behind them.
        Prop.ForAll<bool, bool, int>((isWindows, isPartOfWine, chosen) =>
        {
            string[] exported = [.. npcap.Where((_, bit) => (chosen >> bit & 1) != 0)];
            var expected = !isWindows ? PcapImplementation.Libpcap
                : exported.Length == npcap.Length && !isPartOfWine ? PcapImplementation.Npcap
                : PcapImplementation.Wine;
            return PcapLibrary.Identify(isWindows, exported.Contains, isPartOfWine) == expected;
        }).QuickCheckThrowOnFailure();
        Assert.Equal(PcapImplementation.Npcap, PcapLibrary.Identify(isWindows: true, npcap.Contains, isPartOfWine: false));
    }

    [Fact]
    public void Each_library_is_asked_only_for_what_it_has()
    {
        var wine = PcapOpener.OptionsFor(PcapImplementation.Wine, 1514, 1 << 20);
        Assert.False(wine.IsImmediate || wine.LeavesOutOwnSends || wine.InNanoseconds || wine.IsNonBlocking);
        Assert.Equal("inbound", wine.Filter);

        var npcap = PcapOpener.OptionsFor(PcapImplementation.Npcap, 1514, 1 << 20);
        Assert.True(npcap.IsImmediate && npcap.LeavesOutOwnSends);
        Assert.Null(npcap.Filter);

        var libpcap = PcapOpener.OptionsFor(PcapImplementation.Libpcap, 1514, 1 << 20);
        Assert.True(libpcap.IsImmediate && libpcap.InNanoseconds);
        Assert.False(libpcap.LeavesOutOwnSends);
        Assert.All([wine, npcap, libpcap], options => Assert.True(options is { IsPromiscuous: true, SnapLength: 1514, RingSize: 1 << 20 }));
    }

    [Fact]
    public unsafe void Native_structures_have_the_sizes_of_their_headers()
    {
        Assert.Equal(16, sizeof(NativePcap.WindowsFrameHeader));
        Assert.SkipUnless(Environment.Is64BitProcess, "The other sizes are those of 64-bit systems.");
        Assert.Equal(24, sizeof(NativePcap.UnixFrameHeader));
        Assert.Equal(64, sizeof(PacketSockets.NativeSocket.BatchedMessage));
        Assert.Equal(20, sizeof(PacketSockets.NativeSocket.LinkLayerAddress));
        Assert.Equal(40, sizeof(Adapters.NativeAdapter.Request));
        Assert.Equal(196, sizeof(Offloads.NativeEthtool.DriverInfo));
    }

    [Fact]
    public void An_interface_that_does_not_exist_is_refused()
    {
        RequirePcap();

        var error = Assert.Throws<MacSegmentationException>(() => LivePort.Open("no-such-interface"));

        Assert.Equal("AdapterNotFound", error.ErrorId);
        Assert.Equal("no-such-interface", error.Target);
    }

    [Fact]
    public void One_interface_cannot_be_both_sides()
    {
        var error = Assert.Throws<MacSegmentationException>(() => LivePair.Open("eth0", "eth0"));

        Assert.Equal("AdapterNamedTwice", error.ErrorId);
    }

    [Fact]
    public void Devices_that_cannot_be_opened_say_why()
    {
        RequirePcap();

        Assert.All(CaptureDevices.List(), device => Assert.Equal(device.CanOpen, device.Reason is null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void A_ring_has_a_sensible_size(int octets) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LivePortOptions { RingSize = octets });

    private static void RequirePcap()
    {
        var missing = Record.Exception(() => PcapLibrary.Require());
        Assert.SkipUnless(missing is null, missing?.Message ?? "");
    }
}
