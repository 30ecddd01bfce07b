using System.Collections.Concurrent;
using System.Diagnostics;

namespace MacSegmentation.Stores.Contract;

/// <summary>A process of its own that writes to the store; killed when it is disposed.</summary>
internal sealed class WriterProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);
    private readonly Process process;
    private readonly BlockingCollection<string> lines = [];
    private readonly List<string> errors = [];

    private WriterProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data ?? string.Empty);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static WriterProcess Start(MacStoreOptions place, string name, int groups, int groupSize)
    {
        string program = Path.Join(AppContext.BaseDirectory, "MacSegmentation.Storage.TestWriter" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty));
        var start = new ProcessStartInfo(program, [place.Path ?? place.ConnectionString!, name, $"{groups}", $"{groupSize}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var writer = new WriterProcess(start);
        Assert.Equal("ready", writer.ReadLine());
        return writer;
    }

    /// <summary>Lets it begin.</summary>
    public void Begin() => process.StandardInput.WriteLine();

    /// <summary>Lets it end after the commit that is under way.</summary>
    public void End() => process.StandardInput.Close();

    /// <summary>The next line of its output, or null at the end.</summary>
    public string? ReadLine()
    {
        Assert.True(lines.TryTake(out string? line, Timeout) || lines.IsCompleted, $"The writer said nothing for {Timeout}.");
        return line;
    }

    /// <summary>The output up to its end.</summary>
    public List<string> ReadToEnd() => [.. lines.GetConsumingEnumerable()];

    /// <summary>Ends it as a power cut would: it gets no chance to tidy up.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Checks that it came to its end by itself.</summary>
    public void AssertSucceeded()
    {
        Assert.True(process.WaitForExit(Timeout), "The writer did not end.");
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, string.Join('\n', errors));
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
        lines.Dispose();
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            lines.CompleteAdding();
        }
        else
        {
            lines.Add(line);
        }
    }
}
