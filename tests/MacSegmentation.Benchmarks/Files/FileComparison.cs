using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Files;

/// <summary>
/// <c>macseg enforce --read --write</c> against <c>tcpdump -r -w</c> with the filter that means the same, as whole processes, from start to
/// exit: one term, and a thousand. Both must write the same frames.
/// </summary>
internal sealed class FileComparison : IComparison
{
    private const int FrameLength = 64;
    private const int Rounds = 7;

    public string Name => "file";

    public string Description => "a capture file judged, against tcpdump with one and with 1,000 terms; arguments: the number of frames, another macseg instead of tcpdump";

    public void Run(string[] arguments)
    {
        int frames = arguments.Length > 0 ? int.Parse(arguments[0]) : 10_000_000;
        string? other = arguments.Length > 1 ? Path.GetFullPath(arguments[1]) : null;

        // In memory where there is such a file system: what is compared is programs, not disks.
        string parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string folder = Path.Join(parent, $"macseg-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            var hosts = new CaptureWorkload(seed: 1, hosts: 4_000);
            string capture = Path.Join(folder, "in.pcap");
            hosts.WriteCapture(capture, frames, FrameLength);
            Console.WriteLine($"{frames:N0} frames of {FrameLength} octets from {hosts.Addresses.Count:N0} hosts, median of {Rounds} runs each, in turn:");
            Compare(folder, capture, frames, [.. hosts.Addresses.Take(1)], other, goal: other is null ? 1 : 0.95);
            Compare(folder, capture, frames, [.. hosts.Addresses.Take(1_000)], other, goal: other is null ? 20 : 0.95);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string folder, string capture, int frames, IReadOnlyList<MacAddress> refused, string? other, double goal)
    {
        string filter = Path.Join(folder, "filter");
        File.WriteAllText(filter, $"not ({string.Join(" or ", refused.Select(address => $"ether src {address}"))})");
        string configuration = Path.Join(folder, "configuration.json");
        File.WriteAllText(configuration, CaptureWorkload.ConfigurationOf(refused, PolicyAction.Drop));
        double Theirs(string output) => other is not null
            ? SecondsOf(other, "enforce", "--config", configuration, "--read", capture, "--write", output)
            : SecondsOf("tcpdump", "-r", capture, "-w", output, "-F", filter);
        double Macseg(string output) => SecondsOf(MacSegProgram.Path, "enforce", "--config", configuration, "--read", capture, "--write", output);

        // A first round warms the caches, and shows that both do the same.
        string theirs = Path.Join(folder, "tcpdump.pcap");
        string ours = Path.Join(folder, "macseg.pcap");
        Theirs(theirs);
        Macseg(ours);
        RequireSameFrames(theirs, ours);
        File.Delete(theirs);
        File.Delete(ours);

        // One output after the other in the same memory: whoever has to get new memory from the system waits for it.
        var their = new List<double>();
        var macseg = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            their.Add(Theirs(theirs));
            File.Delete(theirs);
            macseg.Add(Macseg(theirs));
            File.Delete(theirs);
        }

        double their50 = Medians.Of(their);
        double our50 = Medians.Of(macseg);
        Console.WriteLine(
            $"  {refused.Count,5:N0} terms: {(other is null ? "tcpdump" : "the other")} {frames / their50,11:N0} frames/s   macseg {frames / our50,11:N0} frames/s   ratio {their50 / our50:F2} (goal: at least {goal})");
    }

    private static double SecondsOf(string program, params string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0
            ? seconds
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}");
    }

    /// <summary>The two file headers differ in the snapshot length; everything behind them must not.</summary>
    private static void RequireSameFrames(string one, string other)
    {
        const int fileHeader = 24;
        using var left = File.OpenRead(one);
        using var right = File.OpenRead(other);
        left.Position = fileHeader;
        right.Position = fileHeader;
        byte[] leftBlock = new byte[1 << 20];
        byte[] rightBlock = new byte[1 << 20];
        int read;
        do
        {
            read = left.ReadAtLeast(leftBlock, leftBlock.Length, throwOnEndOfStream: false);
            int readRight = right.ReadAtLeast(rightBlock, rightBlock.Length, throwOnEndOfStream: false);
            if (!leftBlock.AsSpan(0, read).SequenceEqual(rightBlock.AsSpan(0, readRight)))
            {
                throw new InvalidOperationException($"{one} and {other} do not hold the same frames.");
            }
        }
        while (read > 0);
    }
}
