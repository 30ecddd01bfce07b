using System.Runtime.InteropServices;
using MacSegmentation.Commands;
using MacSegmentation.Output;
using MacSegmentation.Switching;

namespace MacSegmentation.Enforcement;

/// <summary>Runs an enforcer until it ends by itself or the process is told to stop, then says what it did.</summary>
/// <param name="enforcer">The enforcer, not started.</param>
/// <param name="terminal">Where to say it.</param>
/// <param name="asJson">True for JSON.</param>
internal sealed class EnforcerRun(PolicyEnforcer enforcer, Terminal terminal, bool asJson)
{
    /// <summary>Runs it.</summary>
    /// <returns>The process's exit code.</returns>
    public int Run()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        enforcer.Start();
        enforcer.Completion.Wait();

        // What was done before an error was done: it is told first.
        var statistics = enforcer.GetStatistics();
        var hits = enforcer.GetPolicyHits();
        if (asJson)
        {
            EnforcementJson.Write(terminal.Output, statistics, hits);
        }
        else
        {
            EnforcementReport.Write(terminal.Output, statistics, hits);
        }

        return enforcer.Error is null ? 0 : MacsegCommand.Report(terminal, enforcer.Error);
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        enforcer.Stop();
    }
}
