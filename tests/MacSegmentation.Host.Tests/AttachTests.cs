using System.Diagnostics;
using System.Text;
using MacSegmentation.Captures;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Processes;
using MacSegmentation.Stores;

namespace MacSegmentation;

/// <summary>What macseg makes for instances goes with it, however it ends.</summary>
public sealed class AttachTests : IDisposable
{
    private const double Patience = 60;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_kill_leaves_a_veth_pair_which_the_next_start_removes_and_a_signal_leaves_nothing()
    {
        using var segment = new Segment();
        segment.Middle.Ip("link", "add", "mp-theirs", "type", "veth", "peer", "name", "ms-theirs");
        folder.Write("lab.json", Encoding.UTF8.GetBytes(
            """{ "vlans": [ { "id": 10, "ranges": ["02:00:00:00:10:00/40"], "interfaces": [ { "name": "a", "macAddress": "02:00:00:00:00:0a" } ] } ] }"""));
        var inMiddle = TestProgram.Native.After("ip", "netns", "exec", segment.Middle.Name, "env", "--default-signal");
        inMiddle.RunIn(folder.File(""), "apply", "lab.json", "--store", "lab.db").Succeeded();
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });
        foreach (var (name, kind) in new[] { ("v", AttachmentKind.Veth), ("t", AttachmentKind.Tap) })
        {
            store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = name, VlanId = 10, Attach = kind, AttachEnforcer = "lab" }));
        }

        using (var first = Start(inMiddle))
        {
            Deadline.Await("both are there", () => Links(segment).SetEquals(["mp-v", "ms-v", "ms-t"]), Patience);
            Signal(first, "KILL");
        }

        Assert.Equal(["mp-v", "ms-v"], Links(segment).Order());
        store.Write(writer => InstanceCatalog.Remove(writer, "v", force: false));
        using (var second = Start(inMiddle))
        {
            Deadline.Await("one is there, and the other gone", () => Links(segment).SetEquals(["ms-t"]), Patience);
            Signal(second, "TERM");
        }

        Assert.Empty(Links(segment));
        Assert.Contains("mp-theirs", segment.Middle.Ip("link"), StringComparison.Ordinal);
    }

    private static HashSet<string> Links(Segment segment) =>
        [.. segment.Middle.Ip("-o", "link").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ")[1].Split('@')[0])
            .Where(name => name.StartsWith("mp-", StringComparison.Ordinal) || name.StartsWith("ms-", StringComparison.Ordinal))
            .Where(name => !name.EndsWith("theirs", StringComparison.Ordinal))];

    private static void Signal(Process enforcer, string signal)
    {
        Command.Run("kill", $"-{signal}", $"{enforcer.Id}");
        Assert.True(enforcer.WaitForExit(TimeSpan.FromSeconds(Patience)), $"SIG{signal} did not end macseg.");
    }

    private Process Start(TestProgram inMiddle)
    {
        var process = inMiddle.Start(folder.File(""), "enforce", "--store", "lab.db", "--port", "p1=a", "--name", "lab");
        var error = new ProcessLines(process.StandardError);
        _ = new ProcessLines(process.StandardOutput);
        Deadline.Await("macseg enforces", () => error.Contain("Enforcing at p1") || process.HasExited, Patience);
        Assert.SkipWhen(error.Contain("[PcapMissing]"), $"Adapters need libpcap: {error}");
        Assert.False(process.HasExited, $"{error}");
        return process;
    }
}
