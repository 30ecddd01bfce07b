using MacSegmentation.Captures;
using MacSegmentation.Lab.Network;
using MacSegmentation.Windows.Npcap;
using MacSegmentation.Windows.Wine;

namespace MacSegmentation.Windows.Macseg;

/// <summary>A live enforcer between two hosts, over each of the capture libraries that Windows programs meet.</summary>
public sealed class LiveTests(WineMachine windows, ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_enforcer_over_Wines_own_library_passes_frames_and_obeys_the_store()
    {
        using var segment = new Segment();
        using var stay = windows.MoveTo(segment.Middle);
        LiveScenario.Run(windows.Macseg, folder, segment, mayBeUnable: true);
    }

    /// <summary>The library is a stand-in, so what is tried is our side of it: how Npcap is opened, read and sent through.</summary>
    [Fact]
    public void An_enforcer_over_Npcap_passes_frames_and_obeys_the_store()
    {
        using var npcap = new NpcapStandIn(windows);
        using var segment = new Segment();
        using var stay = windows.MoveTo(segment.Middle);
        string log = folder.File("npcap.log");
        var macseg = windows.Program(
            Path.Join(AppContext.BaseDirectory, "macseg.exe"), ("WINEDLLOVERRIDES", "winemenubuilder.exe=d;wpcap=n,b"), (NpcapStandIn.LogVariable, WindowsRuntime.ToWindows(log)));
        LiveScenario.Run(macseg, folder, segment, mayBeUnable: true);

        string[] asked = File.ReadAllLines(log);
        output.WriteLine(string.Join(Environment.NewLine, asked.GroupBy(line => line.Split(' ')[0], (word, lines) => $"{word}: {lines.Count()}")));
        // PCAP_CHAR_ENC_UTF_8, before anything else is asked.
        Assert.Equal("init 1", asked[0]);
        const int promiscuousWithoutOwnSendsAtOnce = 1 | 8 | 16;
        Assert.Equal(2, asked.Count(line => line.StartsWith("open ", StringComparison.Ordinal) && line.EndsWith($" flags={promiscuousWithoutOwnSendsAtOnce}", StringComparison.Ordinal)));
        Assert.Contains(asked, line => line.StartsWith("setbuff ", StringComparison.Ordinal));
        Assert.Contains("setmintocopy 0", asked);

        // A header of two 32-bit times and two lengths: what is put into a queue must be built so.
        Assert.Contains(asked, line => line.StartsWith("transmit ", StringComparison.Ordinal) && line.EndsWith(", header of 16 octets", StringComparison.Ordinal));
        Assert.DoesNotContain(asked, line => line.StartsWith("setdirection", StringComparison.Ordinal));
    }
}
