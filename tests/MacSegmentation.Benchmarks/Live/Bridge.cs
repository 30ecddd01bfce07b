using System.Diagnostics;
using MacSegmentation.Lab.Network;

namespace MacSegmentation.Benchmarks.Live;

/// <summary>A program that stands between p1 and p2 of a namespace, as a process of its own, until it is disposed.</summary>
internal sealed class Bridge : IDisposable
{
    private readonly Process process;
    private readonly List<string> said = [];

    private Bridge(NetworkNamespace middle, string[] placement, string program, params string[] arguments)
    {
        Name = program;
        process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", middle.Name, .. placement, program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private string Name { get; }

    /// <summary>Processor time that the program has taken, its own and the kernel's for it.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static Bridge Tcpbridge(NetworkNamespace middle, string[] placement) => new(middle, placement, "tcpbridge", "-i", "p1", "-I", "p2");

    public static Bridge Macseg(NetworkNamespace middle, string[] placement, string configuration, string? program = null) =>
        new(middle, placement, program ?? MacSegProgram.Path, "enforce", "--config", configuration, AdapterOption(program), "p1", AdapterOption(program), "p2");

    public static Bridge MacsegSwitch(NetworkNamespace middle, string[] placement, string configuration, string[] ports, string? program = null) =>
        new(middle, placement, program ?? MacSegProgram.Path, ["enforce", "--config", configuration, .. ports]);

    /// <summary>Fails if the program has ended by itself.</summary>
    public void RequireRunning()
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"{Name} ended with {process.ExitCode}: {string.Join('\n', said)}");
        }
    }

    public void Dispose()
    {
        // ip(8) and taskset(1) have become the program itself by exec, so the process is the one that was started.
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Another build may be so old that it knows the former name only.</summary>
    private static string AdapterOption(string? program) => program is null ? "--adapter" : "--interface";

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.Add(line.Data ?? "");
        }
    }
}
