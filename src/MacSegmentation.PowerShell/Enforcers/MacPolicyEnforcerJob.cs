using System.Management.Automation;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.Jobs;
using MacSegmentation.NicMetrics;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcers;

/// <summary>
/// An enforcer as a background job. Its output is rare: denials, addresses that went to another place, and at the end of a capture what was
/// done with it. What goes wrong on the way (a port that goes down, a store that cannot be read, a loop) is in its warnings, what ends it in
/// its errors.
/// </summary>
public sealed class MacPolicyEnforcerJob : SessionJob
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(450);

    private readonly PolicyEnforcer enforcer;
    private readonly IReadOnlyList<IDisposable> foundations;
    private Task? telling;
    private int shownPercent = -1;

    /// <summary>Creates the job.</summary>
    /// <param name="enforcer">The enforcer, not started yet. The job ends it.</param>
    /// <param name="location">Where its frames come from and go to.</param>
    /// <param name="command">What the user typed.</param>
    /// <param name="name">The job's name, or null.</param>
    /// <param name="foundations">What the enforcer stands on, to be disposed in this order when it has ended.</param>
    internal MacPolicyEnforcerJob(PolicyEnforcer enforcer, string location, string command, string? name, IReadOnlyList<IDisposable> foundations)
        : base(command, name, "MacPolicyEnforcer")
    {
        this.enforcer = enforcer;
        this.foundations = foundations;
        Location = location;
        if (name is null)
        {
            Name = $"Enforcer{Id}";
        }
    }

    /// <inheritdoc/>
    public override string Location { get; }

    /// <inheritdoc/>
    public override string StatusMessage
    {
        get
        {
            var total = enforcer.GetStatistics().Total;
            return $"{total.FramesIn} frames in, {total.FramesForwarded} forwarded, {total.FramesDenied} denied, {total.FramesDropped} dropped";
        }
    }

    /// <inheritdoc/>
    public override void StopJob()
    {
        if (TryBecome(JobState.Stopping))
        {
            enforcer.Stop();
            telling?.Wait(StopTimeout);
        }
    }

    /// <summary>What it has learned; null if it is no switch or does not run.</summary>
    internal MacSwitch? RunningSwitch => JobStateInfo.State == JobState.Running ? enforcer.Switch : null;

    /// <summary>Starts the enforcer.</summary>
    internal void Start()
    {
        enforcer.Start();
        TryBecome(JobState.Running);
        telling = Task.Run(TellAsync);
    }

    /// <summary>What the enforcer did so far.</summary>
    /// <param name="detailed">Also how many frames each policy decided over.</param>
    internal MacPolicyEnforcer Describe(bool detailed) =>
        new(this, enforcer.GetStatistics(), enforcer.Switch?.GetFlowStatistics(), detailed ? enforcer.GetPolicyHits() : null, detailed ? enforcer.GetPartitionHits() : null)
        {
            NicMetrics = detailed ? [.. foundations.OfType<NicMetricReporter>().SelectMany(reporter => reporter.Latest)] : null,
        };

    /// <summary>Adds a warning for whoever receives the job.</summary>
    internal void Warn(string message) => Keep(Warning, new WarningRecord(message));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            if (telling is null)
            {
                End(JobState.Stopped);
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Passes on what the enforcer tells until it has ended, then says how.</summary>
    private async Task TellAsync()
    {
        var end = JobState.Failed;
        try
        {
            var reader = enforcer.Events.Reader;
            var more = reader.WaitToReadAsync().AsTask();
            while (true)
            {
                if (enforcer.Progress is { } progress)
                {
                    await Task.WhenAny(more, Task.Delay(ProgressInterval, TimeProvider.System)).ConfigureAwait(false);
                    Show(progress.Percent);
                    if (!more.IsCompleted)
                    {
                        continue;
                    }
                }

                if (!await more.ConfigureAwait(false))
                {
                    break;
                }

                while (reader.TryRead(out var happened))
                {
                    Tell(happened);
                }

                more = reader.WaitToReadAsync().AsTask();
            }

            await enforcer.Completion.ConfigureAwait(false);
            end = TellEnd();
        }
#pragma warning disable CA1031 // Nothing may go unseen on a thread that nobody waits for: it becomes the job's error.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Tell(error);
        }
        finally
        {
            End(end);
        }
    }

    /// <summary>Lets go of what the enforcer stands on, then says that the job has ended.</summary>
    private void End(JobState state)
    {
        try
        {
            enforcer.Dispose();
            foreach (var foundation in foundations)
            {
                foundation.Dispose();
            }
        }
        finally
        {
            TryBecome(state);
        }
    }

    private void Tell(MacEnforcerEvent happened)
    {
        switch (happened.Kind)
        {
            case EnforcerEventKind.Denial or EnforcerEventKind.DenialsSuppressed or EnforcerEventKind.AddressMoved or EnforcerEventKind.AddressOwnerChanged or EnforcerEventKind.TriggerLifted
                or EnforcerEventKind.ProfileAdjusted or EnforcerEventKind.ProfileReverted or EnforcerEventKind.ProfileScheduled
                or EnforcerEventKind.InstanceAttached or EnforcerEventKind.InstanceDetached:
                Keep(Output, PSObject.AsPSObject(happened));
                break;
            case EnforcerEventKind.LoopSuspected or EnforcerEventKind.AddressOwnerFlapping or EnforcerEventKind.TriggerFired:
                Keep(Output, PSObject.AsPSObject(happened));
                Warn(happened.Message);
                break;
            case EnforcerEventKind.TableSwapped:
                Keep(Verbose, new VerboseRecord(happened.Message));
                break;
            default:
                Warn(happened.Message);
                break;
        }
    }

    private JobState TellEnd()
    {
        if (enforcer.Progress is not null)
        {
            Show(100);
            Output.Add(PSObject.AsPSObject(Describe(detailed: true)));
        }

        if (enforcer.Error is { } error)
        {
            Tell(error);
        }

        return enforcer.State switch
        {
            EnforcerState.Completed => JobState.Completed,
            EnforcerState.Stopped => JobState.Stopped,
            _ => JobState.Failed,
        };
    }

    private void Tell(Exception error)
    {
        foreach (var one in error is AggregateException several ? several.Flatten().InnerExceptions : [error])
        {
            Error.Add((one as MacSegmentationException)?.ToRecord() ?? new ErrorRecord(one, "EnforcerFailed", ErrorCategory.NotSpecified, Location));
        }
    }

    private void Show(int percent)
    {
        if (percent > shownPercent)
        {
            shownPercent = percent;
            Progress.Add(new ProgressRecord(Id, Name, Location)
            {
                PercentComplete = percent,
                RecordType = percent < 100 ? ProgressRecordType.Processing : ProgressRecordType.Completed,
            });
        }
    }
}
