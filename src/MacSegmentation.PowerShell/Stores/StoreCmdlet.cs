using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MacSegmentation.Arguments;
using MacSegmentation.Errors;
using MacSegmentation.Loading;

namespace MacSegmentation.Stores;

/// <summary>A cmdlet that works with the session's store. Its calls end at once when the user presses Ctrl+C, and show when they take long.</summary>
public abstract class StoreCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan ProgressAfter = TimeSpan.FromSeconds(1);

    /// <summary>How long what was told to stop is waited for: Ctrl+C gives the prompt back within 200 ms, whatever does not answer.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(150);

    private const int SmallestPage = 64;
    private const int LargestPage = 4096;

    private readonly CancellationTokenSource stopping = new();
    private SessionStore? store;

    /// <summary>The session's store. Ends the cmdlet with an error if it cannot be opened.</summary>
    protected IMacStore Store => SessionStore.Store;

    /// <summary>The session's store and how it was opened. Ends the cmdlet with an error if it cannot be opened.</summary>
    private protected SessionStore SessionStore =>
        store ??= Required(() => SessionStores.Find(OwnRunspace) ?? ConnectToDefault());

    /// <summary>Canceled when the user presses Ctrl+C.</summary>
    private protected CancellationToken StopToken => stopping.Token;

    /// <summary>The runspace that the cmdlet runs in.</summary>
    private protected Runspace OwnRunspace { get; } = Runspace.DefaultRunspace;

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
            var token = stopping.Token;
            answer = Await(() => asked.ReadStoppable(query, token), "Reading the store");
        }
        catch (MacSegmentationException error)
        {
            Write(error);
            return;
        }

        write(answer);
    }

    /// <summary>
    /// Writes what may be millions, page by page, each read in a transaction of its own: the first object comes at once, none is kept, and what the pipeline does with an
    /// object meets no transaction of ours. What is changed meanwhile is seen if its place is still to come.
    /// </summary>
    /// <param name="page">The next records after one, or the first ones, and at most how many.</param>
    /// <param name="isWanted">Which of them are written; all if null.</param>
    /// <param name="convert">As what they are written; as they are if null.</param>
    private protected void Stream<T>(Func<IStoreReader, T?, int, IReadOnlyList<T>> page, Predicate<T>? isWanted = null, Func<T, object>? convert = null)
        where T : class
    {
        T? last = null;
        int size = SmallestPage;
        for (bool isMore = true; isMore;)
        {
            // An error leaves it at that.
            isMore = false;
            Read(store => page(store, last, size), records =>
            {
                isMore = records.Count == size;
                foreach (var record in records)
                {
                    last = record;
                    if (isWanted?.Invoke(record) != false)
                    {
                        WriteObject(convert is null ? record : convert(record));
                    }
                }
            });
            size = Math.Min(size * 4, LargestPage);
        }
    }

    /// <summary>Reads what an argument means; an error is written for the present record.</summary>
    /// <returns>False if it could not be read.</returns>
    private protected bool TryRead<T>(Func<T> read, out T? value)
    {
        try
        {
            value = read();
            return true;
        }
        catch (MacSegmentationException error)
        {
            Write(error);
            value = default;
            return false;
        }
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

    /// <summary>True if the cmdlet should only show what it would do.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? asked)
        ? LanguagePrimitives.IsTrue(asked)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>
    /// Asks before a record is changed. Whoever only looks, or has asked to be asked, is told from what to what it changes; nobody else waits for that to be looked up. Where
    /// nothing is given that would change it, that is an error.
    /// </summary>
    /// <param name="target">The record, in words.</param>
    /// <param name="key">By what it is named.</param>
    /// <param name="wanted">What the change makes of it.</param>
    /// <param name="find">The record as it is.</param>
    private protected bool MayChange<T>(string target, object key, WantedValues<T> wanted, Func<IStoreReader, T> find)
    {
        if (wanted.IsEmpty)
        {
            Write(wanted.NothingToChange(target, key));
            return false;
        }

        if (!IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm"))
        {
            return ShouldProcess(target, "Change");
        }

        bool may = false;
        Read(find, record => may = ShouldProcess(target, wanted.Describe(record)));
        return may;
    }

    /// <summary>
    /// Asks before something is destroyed, as the cmdlet's impact and the session's preferences say. Whoever has said -Force is not asked,
    /// unless with -Confirm; -WhatIf holds in any case.
    /// </summary>
    private protected bool MayDestroy(string target, string action, bool force) =>
        (force && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm")) || ShouldProcess(target, action);

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

    /// <summary>Opens the user's default store. It is made by what makes records only: a question leaves no file behind, and an enforcer on an empty store would allow everything.</summary>
    private SessionStore ConnectToDefault()
    {
        if (SessionStores.IsRefused(OwnRunspace))
        {
            throw new MacSegmentationException(
                "StoreNotConnected",
                MacErrorKind.InvalidOperation,
                "This session is not connected to a store: the one that Connect-MacStore was asked for could not be opened. Connect it with Connect-MacStore.");
        }

        bool makes = MyInvocation.MyCommand is CmdletInfo { Verb: VerbsCommon.New or VerbsData.Import } && !IsWhatIf && SessionStores.MayMakeDefault(OwnRunspace);
        return Connect(DefaultOptions() with { MustExist = !makes });
    }

    /// <summary>Where the store is that is used without Connect-MacStore: what $env:MACSEG_STORE names, or else the user's own.</summary>
    private protected MacStoreOptions DefaultOptions() => MacStoreOptions.DefaultPlace is not { } place ? new MacStoreOptions { Path = MacStoreOptions.DefaultPath }
        : MacStoreOptions.IsConnectionString(place) ? MacStoreOptions.At(place)
        : new MacStoreOptions { Path = this.ResolveFile(place) };

    /// <summary>Opens a store and makes it the session's.</summary>
    /// <exception cref="MacSegmentationException">The store cannot be opened; the session keeps the one that it has.</exception>
    private protected SessionStore Connect(MacStoreOptions options)
    {
        WriteVerbose($"Opening {options}.");
        var opened = new SessionStore(Await(() => DependencyContext.Stores.Open(options), "Opening the store", left => left.Dispose()), options);
        SessionStores.Set(OwnRunspace, opened);
        return opened;
    }

    /// <summary>Does something on another thread while this one watches for Ctrl+C and shows that it takes long.</summary>
    /// <param name="work">What to do. When the user presses Ctrl+C it is to stop by itself, by the cmdlet's token; what does not in time is left behind.</param>
    /// <param name="activity">What to call it.</param>
    /// <param name="abandon">Closes what the work has opened, if it comes to its end although it was left behind.</param>
    /// <param name="place">Where it is done, if that is not the store.</param>
    /// <param name="describe">Writes how far it has come into what is shown.</param>
    [SuppressMessage("Usage", "MA0040", Justification = "See the parameter.")]
    private protected T Await<T>(Func<T> work, string activity, Action<T>? abandon = null, string? place = null, Action<ProgressRecord>? describe = null)
    {
        var task = Task.Run(work, CancellationToken.None);
        var progress = new ProgressRecord(0, activity, place ?? SessionStores.Find(OwnRunspace)?.Store.Info.Path ?? "default store");
        bool shown = false;
        try
        {
            while (!task.Wait(ProgressAfter, stopping.Token))
            {
                describe?.Invoke(progress);
                WriteProgress(progress);
                shown = true;
            }
        }
        catch (OperationCanceledException)
        {
            Task.WaitAny([task], StopTimeout);
            if (abandon is not null)
            {
                _ = task.ContinueWith(late => abandon(late.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            }

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
