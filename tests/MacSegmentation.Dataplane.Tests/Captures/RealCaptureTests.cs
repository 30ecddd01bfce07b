using MacSegmentation.Enforcement;

namespace MacSegmentation.Captures;

/// <summary>Captures of real networks that lie beside the repository, with the counts that their own notes give.</summary>
public sealed class RealCaptureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, int> Captures => new()
    {
        { "vrrp.pcap", 165 },
        { "various_gre.pcap", 100 },
        { "ldp-common-session.pcap", 22 },
        { "802.1ad_QinQ.pcap", 2 },
        { "rpvstp-trunk-native-vid5.pcap", 22 },
        { "eapon1.pcap", 114 },
        { "HSRP_failover.pcap", 39 },
    };

    [Theory]
    [MemberData(nameof(Captures))]
    public async Task Passes_through_byte_by_byte(string name, int frames)
    {
        string capture = RepositoryFile.Path("..", "shared", "captures", name);
        Assert.SkipUnless(File.Exists(capture), $"The real capture {name} is not beside the repository (../shared/captures).");
        string written = folder.File(name);

        using var enforcer = new PolicyEnforcer(Tables.Empty, [CaptureRoute.Open(capture, written)]);
        enforcer.Start();
        await enforcer.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Null(enforcer.Error);
        Assert.Equal(frames, enforcer.GetStatistics().Total.FramesForwarded);
        Assert.Equal(await File.ReadAllBytesAsync(capture, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(written, TestContext.Current.CancellationToken));
    }

    public void Dispose() => folder.Dispose();
}
