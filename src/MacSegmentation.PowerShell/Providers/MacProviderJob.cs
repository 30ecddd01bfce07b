using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Errors;
using MacSegmentation.Jobs;

namespace MacSegmentation.Providers;

/// <summary>
/// A running provider as a background job. Its output is rare: blocks that come and go, conflicts, the shared store lost and found. What goes wrong on the
/// way is in its warnings too, what ends it in its errors. Counters are properties, a second old at most.
/// </summary>
public sealed class MacProviderJob : SessionJob
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly ProviderProcess process;
    private Task? watching;
    private JsonObject status = [];

    /// <summary>Creates the job.</summary>
    /// <param name="process">The provider's process, whose telling was not listened to yet. The job ends it.</param>
    /// <param name="provider">The provider's name.</param>
    /// <param name="localPath">Its own store.</param>
    /// <param name="command">What the user typed.</param>
    internal MacProviderJob(ProviderProcess process, string provider, string localPath, string command)
        : base(command, provider, "MacProvider")
    {
        this.process = process;
        Provider = provider;
        LocalPath = localPath;
        process.Listen(Take);
    }

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>The provider's own store.</summary>
    public string LocalPath { get; }

    /// <summary>Where it answers devices.</summary>
    public IReadOnlyList<Uri> Uri => process.Uris;

    /// <summary>The number of its process.</summary>
    public int ProcessId => process.ProcessId;

    /// <summary>True while devices are answered.</summary>
    public bool IsReady => JobStateInfo.State == JobState.Running && (bool?)status["isReady"] is true;

    /// <summary>True while the shared store can be reached.</summary>
    public bool IsCentralStoreReachable => JobStateInfo.State == JobState.Running && (bool?)status["isCentralStoreReachable"] is true;

    /// <summary>True while new handles get addresses; see <see cref="ProviderRuntime.ProviderStatus.GivesOut"/>.</summary>
    public bool GivesOut => JobStateInfo.State == JobState.Running && (bool?)status["givesOut"] is true;

    /// <summary>True once what others did before the process began is known.</summary>
    public bool IsCaughtUp => JobStateInfo.State == JobState.Running && (bool?)status["isCaughtUp"] is true;

    /// <summary>The former name of <see cref="IsCentralStoreReachable"/>, for scripts that have it.</summary>
    [Hidden]
    public bool IsRootReachable => IsCentralStoreReachable;

    /// <summary>When both stores last knew all that the other did; null if never.</summary>
    public DateTimeOffset? SynchronizedAt => DateTimeOffset.TryParse((string?)status["synchronizedAt"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Number of requests that changed something.</summary>
    public long Decided => Count("decided");

    /// <summary>Number of those that were decided while the shared store could not be reached.</summary>
    public long DecidedAlone => Count("decidedAlone");

    /// <summary>Number of requests that were refused because they take the shared store.</summary>
    public long Undecidable => Count("undecidable");

    /// <summary>Number of times that what was given out alone did not hold.</summary>
    public long Conflicts => Count("conflicts");

    /// <inheritdoc/>
    public override string Location => string.Join(", ", Uri);

    /// <inheritdoc/>
    public override string StatusMessage =>
        $"{(IsReady ? "answering" : "not answering")}, shared store {(IsCentralStoreReachable ? "reachable" : "not reachable")}, {Decided} decided, {DecidedAlone} of them alone, {Undecidable} undecidable, {Conflicts} conflicts";

    /// <inheritdoc/>
    public override void StopJob()
    {
        if (TryBecome(JobState.Stopping))
        {
            process.Stop(StopTimeout);
            watching?.Wait(StopTimeout);
        }
    }

    /// <summary>Waits until devices can ask.</summary>
    /// <exception cref="MacSegmentationException">It ended instead, or takes too long.</exception>
    internal void WaitUntilListening()
    {
        process.WaitUntilListening();
        TryBecome(JobState.Running);
        watching = Task.Run(WatchAsync);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            process.Dispose();
            TryBecome(JobState.Stopped);
        }

        base.Dispose(disposing);
    }

    /// <summary>Asks the provider now and then how it is, until it has ended, then says how.</summary>
    private async Task WatchAsync()
    {
        var end = JobState.Failed;
        try
        {
            do
            {
                process.AskStatus();
                await Task.WhenAny(process.Completion, Task.Delay(StatusInterval, TimeProvider.System)).ConfigureAwait(false);
            }
            while (!process.Completion.IsCompleted);

            int exitCode = await process.Completion.ConfigureAwait(false);
            end = JobStateInfo.State == JobState.Stopping ? JobState.Stopped : exitCode == 0 ? JobState.Completed : JobState.Failed;
            if (end is JobState.Failed)
            {
                Error.Add(process.ToError(exitCode).ToRecord());
            }
        }
#pragma warning disable CA1031 // Nothing may go unseen on a thread that nobody waits for: it becomes the job's error.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Error.Add(new ErrorRecord(error, "ProviderFailed", ErrorCategory.NotSpecified, Provider));
        }
        finally
        {
            TryBecome(end);
        }
    }

    private void Take(JsonObject told)
    {
        if ((string?)told["event"] is "status")
        {
            Volatile.Write(ref status, told);
        }
        else if ((string?)told["event"] is "warning")
        {
            Keep(Warning, new WarningRecord((string?)told["message"] ?? string.Empty));
        }
        else if (Enum.TryParse<ProviderEventKind>((string?)told["event"], ignoreCase: true, out var kind))
        {
            var happened = new MacProviderEvent
            {
                Time = DateTimeOffset.TryParse((string?)told["time"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : TimeProvider.System.GetUtcNow(),
                Provider = Provider,
                Kind = kind,
                Message = (string?)told["message"] ?? string.Empty,
            };
            Keep(Output, PSObject.AsPSObject(happened));
            if (kind is ProviderEventKind.RootLost or ProviderEventKind.BlockClosed or ProviderEventKind.Conflict or ProviderEventKind.Exhausted or ProviderEventKind.Trouble)
            {
                Keep(Warning, new WarningRecord(happened.Message));
            }
        }
    }

    private long Count(string name) => (long?)Volatile.Read(ref status)[name] ?? 0;
}
