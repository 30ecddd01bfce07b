using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Switch;

namespace MacSegmentation.Captures;

/// <summary>Every wrong path or file has an error of its own, and leaves all files as they were.</summary>
public sealed class CapturePathTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string good;
    private readonly byte[] goodBytes = new CaptureBuilder(isBigEndian: false).Pcap().Record(1, 2, new byte[60]).ToArray();

    public CapturePathTests() => good = folder.Write("good.pcap", goodBytes);

    public static TheoryData<string, byte[]> BadCaptures => new()
    {
        { "CaptureEmpty", [] },
        { "CaptureNotRecognized", "PK\u0003\u0004 and so on"u8.ToArray() },
        { "CaptureNotRecognized", new CaptureBuilder(isBigEndian: false).Pcap(minor: 2).ToArray() },
        { "CaptureNotRecognized", new CaptureBuilder(isBigEndian: false).Section(bigEndian: false, major: 2).ToArray() },
        { "CaptureNotEthernet", new CaptureBuilder(isBigEndian: true).Pcap(linkField: 113).ToArray() },
        { "CaptureNotEthernet", new CaptureBuilder(isBigEndian: true).Section(bigEndian: true).Interface(linkType: 105).ToArray() },
        { "CaptureTruncated", new CaptureBuilder(isBigEndian: false).Pcap().ToArray()[..20] },
    };

    [Theory]
    [MemberData(nameof(BadCaptures))]
    public void A_bad_capture_is_refused_before_anything_is_written(string errorId, byte[] bytes)
    {
        string bad = folder.Write("bad", bytes);
        Assert.Equal(errorId, Refusal(bad, folder.File("out.pcap")));
        Assert.False(File.Exists(folder.File("out.pcap")));
    }

    [Fact]
    public void A_link_type_is_named()
    {
        string path = folder.Write("cooked.pcap", new CaptureBuilder(isBigEndian: false).Pcap(linkField: 276).ToArray());
        var error = Assert.Throws<MacSegmentationException>(() => CaptureFileSource.Open(path));
        Assert.Contains("Linux cooked v2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_source_has_its_own_error()
    {
        Assert.Equal("CaptureNotFound", Refusal(folder.File("missing.pcap"), folder.File("out.pcap")));
        Assert.Equal("CaptureNotFound", Refusal(folder.File("no/folder.pcap"), folder.File("out.pcap")));
        Assert.Equal("CaptureIsDirectory", Refusal(folder.File("."), folder.File("out.pcap")));
        Assert.False(File.Exists(folder.File("out.pcap")));
    }

    [Fact]
    public void A_wrong_destination_has_its_own_error()
    {
        Assert.Equal("DestinationIsDirectory", Refusal(good, folder.File(".")));
        Assert.Equal("DestinationFolderNotFound", Refusal(good, folder.File("no/out.pcap")));
        Assert.Equal("DestinationUsedTwice", Refusal(good, folder.File("out.pcap"), folder.File("./out.pcap")));
        Assert.Equal("DestinationIsSource", Refusal(good, good));
        Assert.Equal("DestinationIsSource", Refusal(good, folder.File("out.pcap"), folder.File("./good.pcap")));
        Assert.Equal("InvalidVlanId", Assert.Throws<MacSegmentationException>(() => CaptureRoute.Open(good, folder.File("out.pcap"), nativeVlanId: 4095)).ErrorId);
        Assert.False(File.Exists(folder.File("out.pcap")));
    }

    [Fact]
    public void The_capture_under_another_name_is_not_overwritten()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Links are made with ln, on Linux.");
        File.CreateSymbolicLink(folder.File("soft"), good);
        Assert.Equal("DestinationIsSource", Refusal(good, folder.File("soft")));
        using (var made = System.Diagnostics.Process.Start("ln", [good, folder.File("hard")]))
        {
            made.WaitForExit();
            Assert.Equal(0, made.ExitCode);
        }

        Assert.Equal("DestinationInUse", Refusal(good, folder.File("hard")));
        Assert.Equal(goodBytes, File.ReadAllBytes(good));
    }

    [Fact]
    public void A_file_that_another_program_writes_is_left_to_it()
    {
        string taken = folder.Write("taken.pcap", [1, 2, 3]);
        using (new FileStream(taken, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            Assert.Equal("DestinationInUse", Refusal(good, taken));
        }

        Assert.Equal([1, 2, 3], File.ReadAllBytes(taken));
    }

    [Fact]
    public void A_file_that_is_not_to_be_replaced_is_left_alone_and_so_is_the_other()
    {
        string kept = folder.Write("kept.pcap", [1, 2, 3]);
        string empty = folder.Write("empty.pcap", []);
        foreach (var (destination, denied) in new (string, string?)[] { (kept, null), (folder.File("out.pcap"), kept), (empty, null) })
        {
            var error = Assert.Throws<MacSegmentationException>(() => CaptureRoute.Open(good, destination, denied, mayReplace: false));
            Assert.Equal(("DestinationExists", MacErrorKind.AlreadyExists), (error.ErrorId, error.Kind));
        }

        Assert.Equal([1, 2, 3], File.ReadAllBytes(kept));
        Assert.False(File.Exists(folder.File("out.pcap")));
        Close(CaptureRoute.Open(good, folder.File("out.pcap"), folder.File("denied.pcap"), mayReplace: false));
        Assert.Equal([kept], CaptureRoute.ListReplaced(good, empty, kept));
        Assert.Empty(CaptureRoute.ListReplaced(good, good, deniedPath: null));
        Assert.Empty(CaptureRoute.ListReplaced(good, "/dev/null", folder.File("nothing.pcap")));
    }

    [Fact]
    public void Any_number_may_write_to_a_device_at_once()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "The device that takes everything, /dev/null, is not here.");
        var one = CaptureRoute.Open(good, "/dev/null", "/dev/null");
        Close(CaptureRoute.Open(good, "/dev/null"));
        Close(one);
    }

    [Theory]
    [InlineData(@"\\server\share\a.pcap")]
    [InlineData(@"C:\a.pcap")]
    public void A_path_of_Windows_is_refused_elsewhere(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has such paths.");
        foreach (var open in new Action[] { () => CaptureFileSource.Open(path), () => CaptureRoute.Open(good, path) })
        {
            var error = Assert.Throws<MacSegmentationException>(open);
            Assert.Equal(MacErrorKind.InvalidArgument, error.Kind);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_name_that_is_too_long_is_no_full_disk()
    {
        var error = Assert.Throws<MacSegmentationException>(() => CaptureRoute.Open(good, folder.File(new string('n', 300))));
        Assert.Equal("CaptureWriteFailed", error.ErrorId);

        // Windows may say of a long name that its path does not exist.
        Assert.True(error.Kind is MacErrorKind.InvalidArgument || (OperatingSystem.IsWindows() && error.Kind is MacErrorKind.NotFound), $"{error.Kind}");
        Assert.DoesNotContain("space", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_told_of()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The device that is always full, /dev/full, is not here.");
        Assert.Equal("CaptureWriteFailed", Refusal(good, "/dev/full"));
    }

    [Fact]
    public async Task The_device_that_takes_everything_can_be_written()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "The device that takes everything, /dev/null, is not here.");
        using var enforcer = new PolicyEnforcer(Tables.Empty, [CaptureRoute.Open(good, "/dev/null")]);
        enforcer.Start();
        await enforcer.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(1, enforcer.GetStatistics().Total.FramesForwarded);
    }

    public void Dispose() => folder.Dispose();

    private static void Close(EnforcerRoute route)
    {
        route.Source.Dispose();
        route.Sink.Dispose();
        route.DeniedSink?.Dispose();
    }

    private static string Refusal(string path, string destination, string? denied = null) =>
        Assert.Throws<MacSegmentationException>(() => CaptureRoute.Open(path, destination, denied)).ErrorId;
}
