using System.Text.Json;
using System.Text.RegularExpressions;
using MacSegmentation.Addressing;
using MacSegmentation.Processes;

namespace MacSegmentation.Provision.Faults;

/// <summary>A provider of the fleet: a process, now and then another one, on the same store of its own.</summary>
/// <param name="name">The provider's name.</param>
/// <param name="folder">Where its store is.</param>
/// <param name="shared">The shared store, as on the command line.</param>
/// <param name="token">What clients show.</param>
internal sealed partial class FleetSite(string name, string folder, string shared, string token) : IAsyncDisposable
{
    private readonly List<ProcessLines> lines = [];
    private TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunningProcess? process;

    public string Name => name;

    public string Local => $"{name}.db";

    /// <summary>How to ask it, or null while it is down.</summary>
    public HttpClient? Client => Volatile.Read(ref process)?.Client;

    /// <summary>Answers of which it told that they do not hold.</summary>
    public IEnumerable<(string Handle, MacAddress Address)> Conflicts
    {
        get
        {
            foreach (string line in lines.SelectMany(told => told.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)))
            {
                using var told = JsonDocument.Parse(line);
                if (told.RootElement.GetProperty("event").GetString() is "conflict" && Told().Match(told.RootElement.GetProperty("message").GetString()!) is { Success: true } match)
                {
                    yield return (match.Groups["handle"].Value, MacAddress.Parse(match.Groups["address"].Value));
                }
            }
        }
    }

    /// <summary>What it told of a handle, line by line.</summary>
    /// <param name="handle">The handle.</param>
    public IEnumerable<string> Told(string handle) =>
        lines.SelectMany(told => told.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Contains(handle, StringComparison.Ordinal));

    public async Task StartAsync()
    {
        var started = await RunningProcess.StartAsync(
            TestProgram.Native, folder, token, "--store", shared, "--name", name, "--local", Local, "--uri", "http://127.0.0.1:0", "--allow-plain-http");
        lines.Add(new ProcessLines(started.Process.StandardOutput));
        Volatile.Write(ref process, started);
        running.SetResult();
    }

    /// <summary>Ends it as a power cut would: SIGKILL, which it cannot see coming.</summary>
    public Task KillAsync() => EndAsync(ended => ended.Process.Kill());

    /// <summary>Ends it as its administrator would.</summary>
    public Task StopAsync() => EndAsync(ended => ended.Process.StandardInput.Close());

    /// <summary>Waits until it runs.</summary>
    public Task WhenRunningAsync(CancellationToken cancellationToken) => Volatile.Read(ref running).Task.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (process is { } left)
        {
            await left.DisposeAsync();
        }
    }

    private async Task EndAsync(Action<RunningProcess> end)
    {
        var ended = process!;
        Volatile.Write(ref running, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref process, null);
        end(ended);
        await ended.EndAsync();
        await lines[^1].Completion;
        await ended.DisposeAsync();
    }

    [GeneratedRegex("^Handle '(?<handle>[^']+)'(:| loses) (?<address>[0-9a-f:]{17})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Told();
}
