using System.Diagnostics;
using System.Text;

namespace MacSegmentation.Lab.Network;

/// <summary>A program that runs on a host while a test goes on. It ends with the test at the latest.</summary>
public sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly string command;
    private readonly StringBuilder output = new();

    /// <summary>Starts it.</summary>
    public HostProcess(NetworkNamespace host, string program, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(host);
        command = $"{program} {string.Join(' ', arguments)}";

        // ip puts the program in its own place, so this process is the program.
        var start = new ProcessStartInfo("ip", ["netns", "exec", host.Name, program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Waits until it has written something.</summary>
    public void AwaitOutput(string text) => Deadline.Await($"'{text}' from {command}", () =>
    {
        bool isThere = Output.Contains(text, StringComparison.Ordinal);
        Assert.True(isThere || !process.HasExited, $"{command} ended early: {Output}");
        return isThere;
    });

    /// <summary>Waits until it ends by itself, which it must do without an error.</summary>
    /// <returns>What it wrote.</returns>
    public string AwaitEnd()
    {
        Assert.True(process.WaitForExit(Timeout), $"{command} did not end: {Output}");
        process.WaitForExit(); // for the rest of its output
        Assert.True(process.ExitCode == 0, $"{command} ended with {process.ExitCode}: {Output}");
        return Output;
    }

    /// <summary>Ends it and all that it started at once, as a crash would: by SIGKILL.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            Assert.True(process.WaitForExit(Timeout), $"{command} could not be ended.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
