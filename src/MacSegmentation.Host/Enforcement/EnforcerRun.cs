using System.Globalization;
using MacSegmentation.Errors;
using MacSegmentation.Output;
using MacSegmentation.Services;

namespace MacSegmentation.Enforcement;

/// <summary>Runs an enforcer until it ends by itself or the process is told to stop, then says what it did.</summary>
/// <param name="enforcer">The enforcer, not started.</param>
/// <param name="terminal">Where to say it.</param>
/// <param name="asJson">True for JSON.</param>
internal sealed class EnforcerRun(PolicyEnforcer enforcer, Terminal terminal, bool asJson)
{
    /// <summary>Runs it between interfaces: its events are told as they come.</summary>
    /// <returns>The process's exit code.</returns>
    public int RunLive()
    {
        using var signals = new StopSignals(() => enforcer.Stop());
        enforcer.Start();

        // Asking for the counts takes the switch's turn: an enforcer that hangs gives no sign of life.
        using var service = HostService.Current.Begin($"Enforcing by revision {enforcer.Table.Revision}", () => enforcer.State == EnforcerState.Running && enforcer.GetStatistics().Elapsed >= TimeSpan.Zero);
        return terminal.Tell(TellLive, signals.Requested);
    }

    private int TellLive()
    {
        var statistics = enforcer.GetStatistics();
        string[] names = [.. statistics.Directions.Select(direction => direction.Port), .. statistics.Ports.Select(port => port.Port)];
        string place = names.Length == 1 ? $"at {names[0]}" : $"between {string.Join(", ", names[..^1])} and {names[^1]}";
        terminal.Note($"Enforcing {place} by revision {enforcer.Table.Revision}. Ctrl+C stops.");
        TellEvents();
        if (enforcer.Events.Lost > 0)
        {
            terminal.Warn($"{enforcer.Events.Lost} events were not told, because standard output was read too slowly.");
        }

        return End();
    }

    /// <summary>Runs it over a capture: the denied frames are in the report, and on request in a file, so no event is told.</summary>
    /// <returns>The process's exit code.</returns>
    public int RunCapture()
    {
        using var signals = new StopSignals(() => enforcer.Stop());
        enforcer.Start();
        return terminal.Tell(TellCapture, signals.Requested);
    }

    private int TellCapture()
    {
        terminal.Await(enforcer.Completion, () => $"{enforcer.GetStatistics().Total.FramesIn:N0} frames were judged.");
        int code = End();
        return enforcer.State != EnforcerState.Stopped ? code : terminal.Report(new MacSegmentationException(
            "EnforcerStopped", MacErrorKind.InvalidOperation, "It was stopped before the capture's end; the frames up to there are written. Run it again for the whole capture."));
    }

    /// <summary>A time as text, to the millisecond.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void TellEvents()
    {
        // The queue completes after the last event.
        while (enforcer.Events.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (enforcer.Events.Reader.TryRead(out var happened))
            {
                if (asJson)
                {
                    EnforcementJson.Write(terminal.Output, happened);
                }
                else
                {
                    terminal.Output.WriteLine($"{Format(happened.Time)} {happened.Message}");
                }
            }

            terminal.Output.Flush();
        }
    }

    private int End()
    {
        enforcer.Completion.Wait();

        // What was done before an error was done: it is told first.
        var statistics = enforcer.GetStatistics();
        var hits = enforcer.GetPolicyHits();
        var partitions = enforcer.GetPartitionHits();
        if (asJson)
        {
            EnforcementJson.Write(terminal.Output, statistics, hits, partitions, enforcer.Switch);
        }
        else
        {
            EnforcementReport.Write(terminal, statistics, hits, partitions, enforcer.Switch);
        }

        return enforcer.Error is null ? 0 : terminal.Report(enforcer.Error);
    }
}
