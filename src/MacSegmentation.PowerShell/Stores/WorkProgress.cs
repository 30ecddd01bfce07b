using System.Diagnostics;
using System.Management.Automation;
using MacSegmentation.Configuration;

namespace MacSegmentation.Stores;

/// <summary>How far a work has come, said by the thread that works and shown by the one that waits for it, with an estimate of the time that is left.</summary>
/// <param name="things">What is counted.</param>
internal sealed class WorkProgress(string things)
{
    private readonly Lock gate = new();
    private long began;
    private ConfigurationProgress reported;

    /// <summary>Takes note of how far the work has come.</summary>
    public void Report(ConfigurationProgress progress)
    {
        lock (gate)
        {
            began = progress.Done < reported.Done || began == 0 ? Stopwatch.GetTimestamp() : began;
            reported = progress;
        }
    }

    /// <summary>Writes it into what is shown.</summary>
    public void Describe(ProgressRecord shown)
    {
        lock (gate)
        {
            if (reported.Total > 0 && reported.Done > 0)
            {
                shown.StatusDescription = $"{reported.Done} of {reported.Total} {things}";
                shown.PercentComplete = (int)Math.Min(100, 100 * reported.Done / reported.Total);
                shown.SecondsRemaining = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * (reported.Total - reported.Done) / reported.Done);
            }
        }
    }
}
