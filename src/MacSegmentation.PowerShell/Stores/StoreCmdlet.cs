using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>A cmdlet that works with the session's store. Its calls end at once when the user presses Ctrl+C, and show when they take long.</summary>
public abstract class StoreCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan ProgressAfter = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private IMacStore? store;

    /// <summary>The session's store. Ends the cmdlet with an error if it cannot be opened.</summary>
    protected IMacStore Store => store ??= Required(() => Await(() => SessionStores.Get(Session), "Opening the store"));

    /// <summary>The runspace that the cmdlet runs in.</summary>
    private protected Runspace Session { get; } = Runspace.DefaultRunspace;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stopping.Cancel();

    /// <summary>Ends what the cmdlet has open.</summary>
    /// <param name="disposing">True if called by Dispose.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            stopping.Dispose();
        }
    }

    /// <summary>Asks the store; an error is written for the present record, and what <paramref name="write"/> gets is the answer.</summary>
    protected void Read<T>(Func<IStoreReader, T> query, Action<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        T answer;
        try
        {
            var asked = Store;
            answer = Await(() => asked.Read(query), "Reading the store");
        }
        catch (MacSegmentationException error)
        {
            Write(error);
            return;
        }

        write(answer);
    }

    /// <summary>Writes an error: for the present record, or as the cmdlet's end if the store itself failed.</summary>
    private protected void Write(MacSegmentationException error)
    {
        if (error.EndsTransaction)
        {
            ThrowTerminatingError(error.ToRecord());
        }

        WriteError(error.ToRecord());
    }

    /// <summary>Does what the cmdlet cannot go on without.</summary>
    private protected T Required<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (MacSegmentationException error)
        {
            ThrowTerminatingError(error.ToRecord());
            throw;
        }
    }

    /// <summary>
    /// Changes the store in one transaction. A transaction that still waits for the store when the user presses Ctrl+C is left behind, and
    /// does nothing when its turn comes.
    /// </summary>
    private protected T Change<T>(Func<IMacStore, CancellationToken, T> change)
    {
        var changed = Store;
        var token = stopping.Token;
        return Await(() => change(changed, token), "Changing the store");
    }

    /// <summary>Does something on another thread while this one watches for Ctrl+C and shows that it takes long.</summary>
    [SuppressMessage("Usage", "MA0040", Justification = "The work is left behind, not cancelled: the store's calls know no token.")]
    private protected T Await<T>(Func<T> work, string activity)
    {
        var task = Task.Run(work, CancellationToken.None);
        var progress = new ProgressRecord(0, activity, SessionStores.Find(Session)?.Info.Path ?? "default store");
        bool shown = false;
        try
        {
            while (!task.Wait(ProgressAfter, stopping.Token))
            {
                WriteProgress(progress);
                shown = true;
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (AggregateException)
        {
            // Thrown once more below, as it was.
        }

        if (shown)
        {
            progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(progress);
        }

        return task.GetAwaiter().GetResult();
    }
}
