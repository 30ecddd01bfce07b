using System.Diagnostics;
using System.Globalization;
using MacSegmentation.Captures;
using MacSegmentation.Lab.Network;
using MacSegmentation.Offloads;
using MacSegmentation.Processes;

namespace MacSegmentation;

/// <summary>How an enforcer's process ends, and what the next one finds.</summary>
public sealed class EnforcerEndTests : IDisposable
{
    private const double Patience = 60;

    private readonly TemporaryFolder folder = new();

    public EnforcerEndTests() => folder.Write("lab.json", """{ "vlans": [ { "id": 1 } ] }"""u8.ToArray());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_adapter_has_one_enforcer_whatever_its_store_and_the_next_one_puts_right_what_a_kill_left()
    {
        using var segment = Connected();
        Assert.NotEmpty(Offloads(segment));
        var inMiddle = TestProgram.Native.After("ip", "netns", "exec", segment.Middle.Name);
        inMiddle.RunIn(folder.File(""), "apply", "lab.json", "--store", "other.db").Succeeded();
        using (var first = Start(inMiddle, "--disable-offload"))
        {
            Assert.Empty(Offloads(segment));
            string refusal = inMiddle.RunIn(folder.File(""), "enforce", "--store", "other.db", "--access", "q1=10", "--uplink", "p2").Failed("AdapterInUse");
            Assert.Contains($"Process {first.Id} (", refusal, StringComparison.Ordinal);
            Assert.Contains("enforces on q1 already", refusal, StringComparison.Ordinal);
            Assert.Empty(Offloads(segment));
            Signal(first, "KILL");
        }

        // The lock has gone with the process; the offloads have not come back by themselves.
        Assert.Empty(Offloads(segment));
        using var next = Start(inMiddle);
        Assert.NotEmpty(Offloads(segment));
        Signal(next, "TERM");
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    [InlineData("QUIT")]
    public void Offloads_are_on_again_however_it_is_told_to_end(string signal)
    {
        using var segment = Connected();
        Assert.NotEmpty(Offloads(segment));

        // Whoever runs the tests may ignore signals (nohup, a shell's background), which a program inherits.
        using var enforcer = Start(TestProgram.Native.After("ip", "netns", "exec", segment.Middle.Name, "env", "--default-signal"), "--disable-offload");
        Assert.Empty(Offloads(segment));
        Signal(enforcer, signal);
        Assert.NotEmpty(Offloads(segment));
    }

    [Fact]
    public void It_ends_when_it_is_told_to_though_its_output_is_a_pipe_that_is_full_and_nobody_reads()
    {
        using var segment = Connected();

        // What fills the pipe is written before it starts: 64 KiB (pipe(7)).
        string pid = folder.File("pid");
        string filled = $"echo $$ > '{pid}'; head -c 65536 /dev/zero; exec \"$@\"";
        var program = TestProgram.Native.After("ip", "netns", "exec", segment.Middle.Name, "sh", "-c", "sh -c \"$0\" sh \"$@\" | sleep 600", filled);
        using var started = Start(program);
        int enforcer = int.Parse(File.ReadAllText(pid), CultureInfo.InvariantCulture);
        try
        {
            Command.Run("kill", "-TERM", $"{enforcer}");
            Deadline.Await("the enforcer ends", () => !Directory.Exists($"/proc/{enforcer}"), Patience);
        }
        finally
        {
            started.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A segment with one more wire, both of whose ends are in sight: of a veth's sender all offloads are on.</summary>
    private static Segment Connected()
    {
        var segment = new Segment();
        segment.Middle.Connect("q1", segment.Middle, "q2");
        return segment;
    }

    private static IReadOnlyList<ActiveOffload> Offloads(Segment segment) => segment.Middle.Run(() => OffloadInspector.Inspect("q1"));

    private static void Signal(Process enforcer, string signal)
    {
        Command.Run("kill", $"-{signal}", $"{enforcer.Id}");
        Assert.True(enforcer.WaitForExit(TimeSpan.FromSeconds(Patience)), $"SIG{signal} did not end macseg.");
    }

    private Process Start(TestProgram inMiddle, params string[] more)
    {
        TestProgram.Native.RunIn(folder.File(""), "apply", "lab.json", "--store", "lab.db").Succeeded();
        var process = inMiddle.Start(folder.File(""), ["enforce", "--store", "lab.db", "--adapter", "q1", "--adapter", "p2", .. more]);
        var error = new ProcessLines(process.StandardError);
        Deadline.Await("macseg enforces", () => error.Contain("Enforcing between q1 and p2") || process.HasExited, Patience);
        if (error.Contain("[PcapMissing]"))
        {
            Assert.Skip($"Adapters need libpcap: {error}");
        }

        Assert.False(process.HasExited, $"{error}");
        return process;
    }
}
