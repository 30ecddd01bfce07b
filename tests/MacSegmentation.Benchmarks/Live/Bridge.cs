using System.Diagnostics;
using MacSegmentation.Lab.Network;

namespace MacSegmentation.Benchmarks.Live;

/// <summary>A program that stands between p1 and p2 of a namespace, as a process of its own, until it is disposed.</summary>
internal sealed class Bridge : IDisposable
{
    private readonly Process process;
    private readonly List<string> said = [];

    private Bridge(NetworkNamespace middle, string program, params string[] arguments)
    {
        process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", middle.Name, program, .. arguments])
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

    public static Bridge Tcpbridge(NetworkNamespace middle) => new(middle, "tcpbridge", "-i", "p1", "-I", "p2");

    public static Bridge Macseg(NetworkNamespace middle, string configuration) =>
        new(middle, MacSegProgram.Path, "enforce", "--config", configuration, "--interface", "p1", "--interface", "p2");

    /// <summary>Fails if the program has ended by itself.</summary>
    public void RequireRunning()
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"{process.StartInfo.ArgumentList[3]} ended with {process.ExitCode}: {string.Join('\n', said)}");
        }
    }

    public void Dispose()
    {
        // ip(8) has become the program itself by exec, so the process is the one that was started.
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.Add(line.Data ?? "");
        }
    }
}
