using System.Globalization;
using MacSegmentation.Enforcement;
using MacSegmentation.Examples;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Captures;

/// <summary>What others make of the same files: Wireshark's and tcpdump's readers and writers.</summary>
public sealed class OtherReaderTests : IDisposable
{
    private static readonly string Example = RepositoryFile.Path("docs", "examples", CamerasAndPlc.CaptureName);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Wireshark_reads_the_same_frames()
    {
        Tool.Require("tshark");
        string output = await Tool.Run("tshark", "-r", Example, "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.cap_len", "-e", "frame.len", "-e", "frame.number");
        var expected = CapturedFrame.ReadAll(Example).Frames.Select((frame, index) => string.Join(
            '\t',
            ((decimal)frame.Timestamp / 1_000_000_000).ToString("F9", CultureInfo.InvariantCulture),
            frame.Bytes.Length,
            frame.OriginalLength,
            index + 1));
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("pcapng")]
    [InlineData("nsecpcap")]
    [InlineData("pcap")]
    public async Task Wiresharks_own_files_hold_the_same_frames(string format)
    {
        Tool.Require("editcap");
        string converted = folder.File(format);
        await Tool.Run("editcap", "-F", format, Example, converted);
        string written = folder.File("out.pcap");
        CapturedFrame.Copy(converted, written);
        foreach (string path in new[] { converted, written })
        {
            (var frames, var error) = CapturedFrame.ReadAll(path);
            Assert.Null(error);
            Assert.Equal(CapturedFrame.ReadAll(Example).Frames, frames);
        }
    }

    [Fact]
    public async Task A_policy_for_one_source_leaves_what_tcpdumps_filter_leaves()
    {
        Tool.Require("tcpdump");
        const string Source = "00:1a:2b:3c:40:03";
        string filtered = folder.File("tcpdump.pcap");
        await Tool.Run("tcpdump", "-r", Example, "-w", filtered, "ether src " + Source);

        string[] policies = [$"{Source} * Allow"];
        var table = Tables.Compile(1, PolicyAction.Drop, [.. new[] { 1, 10, 20, 30 }.Select(vlan => (vlan, PolicyAction.Drop, policies))]);
        using var enforcer = new PolicyEnforcer(table, [CaptureRoute.Open(Example, folder.File("out.pcap"))]);
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Equal(
            await File.ReadAllBytesAsync(filtered, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(folder.File("out.pcap"), TestContext.Current.CancellationToken));
        Assert.True(enforcer.GetStatistics().Total.FramesForwarded > 0);
    }

    public void Dispose() => folder.Dispose();
}
