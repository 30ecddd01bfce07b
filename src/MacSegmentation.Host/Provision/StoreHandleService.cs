using System.Threading.Channels;
using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>Answers devices from one store, by the rules of <see cref="HandleRegistry"/>.</summary>
/// <remarks>
/// What is asked while a transaction commits is decided together in the next one: a commit waits for the disk, and a hundred answers wait no longer for it
/// than one.
/// </remarks>
internal sealed class StoreHandleService : IHandleService, IDisposable
{
    /// <summary>How long a client that was removed may go on: the time for which the store is not asked whether it has changed.</summary>
    private static readonly TimeSpan ClientsAge = TimeSpan.FromMilliseconds(100);

    private const int LargestGroup = 256;

    /// <summary>How long what was found of the store is told again: the longest for which a balancer is told wrongly.</summary>
    private static readonly TimeSpan TroubleAge = TimeSpan.FromSeconds(1);

    private static readonly ServiceTrouble Unreadable = new("NotReady", "Devices cannot be answered now: the store cannot be read.");

    private readonly IMacStore store;
    private readonly TimeProvider time;
    private readonly Channel<Change> changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread writing;
    private readonly Lock reading = new();
    private volatile KnownClients clients;
    private volatile KnownTrouble trouble;

    /// <summary>Begins to answer.</summary>
    /// <param name="store">The store. It stays the caller's to dispose, after this.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="MacSegmentationException">StoreOfProvider: what is given out of a provider's own store without its protocol may have two owners.</exception>
    public StoreHandleService(IMacStore store, TimeProvider? time = null)
    {
        this.store = store;
        this.time = time ?? TimeProvider.System;
        if (store.Read(reader => reader.FindProviderState()) is { } state)
        {
            throw new MacSegmentationException(
                "StoreOfProvider",
                MacErrorKind.InvalidOperation,
                $"The store {store.Info.Path} is provider '{state.Provider}''s own. Give the shared store with --store, and this one with --name '{state.Provider}' --local-path {store.Info.Path}.",
                store.Info.Path);
        }

        clients = ReadClients();
        trouble = new(null, this.time.GetTimestamp() - this.time.TimestampFrequency);
        writing = new Thread(WriteAll) { IsBackground = true, Name = "macseg handles" };
        writing.Start();
    }

    /// <inheritdoc/>
    public bool IsReady
    {
        get
        {
            try
            {
                return Known is not null;
            }
            catch (MacSegmentationException)
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public ServiceTrouble? Trouble
    {
        get
        {
            if (!IsReady)
            {
                return Unreadable;
            }

            var known = trouble;
            if (time.GetElapsedTime(known.TriedAt) < TroubleAge)
            {
                return known.Trouble;
            }

            try
            {
                store.Observe(_ => 0);
                trouble = new(null, time.GetTimestamp());
            }
            catch (MacSegmentationException error)
            {
                trouble = new(Unwritable(error), time.GetTimestamp());
            }

            return trouble.Trouble;
        }
    }

    /// <inheritdoc/>
    public MacAssignment? Find(HandleRequest request) => store.Read(reader => HandleRegistry.Find(reader, request));

    /// <inheritdoc/>
    public Task<MacAssignment> RequestAsync(HandleRequest request, CancellationToken cancellationToken) =>
        MakeAsync(writer => HandleRegistry.Request(writer, request), cancellationToken);

    /// <inheritdoc/>
    public Task<MacHandle> ReleaseAsync(DeviceHandle handle, string instanceId, HandleParty party, CancellationToken cancellationToken) =>
        MakeAsync(writer => HandleRegistry.Release(writer, handle, instanceId, party), cancellationToken);

    /// <inheritdoc/>
    public Task<MacRange> OfferRunAsync(RunRequest request, CancellationToken cancellationToken) =>
        Task.Run(() => store.Read(reader => HandleRun.Offer(reader, request)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MacAssignment>> RequestRunAsync(RunRequest request, CancellationToken cancellationToken) =>
        MakeAsync(writer => HandleRun.Request(writer, request), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MacHandle>> ReleaseRunAsync(DeviceHandle handle, HandleParty party, CancellationToken cancellationToken) =>
        MakeAsync(writer => HandleRun.Release(writer, handle, party), cancellationToken);

    /// <inheritdoc/>
    public MacHandle? FindHandle(DeviceHandle handle, string instanceId, HandleParty party)
    {
        try
        {
            return store.Read(reader => HandleRegistry.Get(reader, handle, instanceId, party));
        }
        catch (MacSegmentationException error) when (error.Kind is MacErrorKind.NotFound && !error.EndsTransaction)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<MacPool> ListPools() => store.Read(reader => reader.ListVlans().Select(vlan => PoolMeter.Measure(reader, vlan)).ToList());

    /// <inheritdoc/>
    public MacProviderClient? FindClient(ReadOnlySpan<byte> digest) => Known.Directory.Find(digest, time.GetUtcNow());

    /// <inheritdoc/>
    public MacProviderClient? FindClient(string name) => Known.Directory.Find(name);

    /// <summary>Ends after what was asked is answered.</summary>
    public void Dispose()
    {
        changes.Writer.TryComplete();
        writing.Join();
    }

    /// <summary>The clients, asked for again if they are not new any more.</summary>
    private KnownClients Known
    {
        get
        {
            var known = clients;
            return time.GetElapsedTime(known.ReadAt) < ClientsAge ? known : Refresh(known);
        }
    }

    private async Task<T> MakeAsync<T>(Func<IStoreWriter, T> make, CancellationToken cancellationToken)
        where T : class
    {
        var change = new Change(make);
        ObjectDisposedException.ThrowIf(!changes.Writer.TryWrite(change), this);
        return (T)await change.Done.Task.WaitAsync(cancellationToken);
    }

    private void WriteAll()
    {
        var group = new List<Change>();
        while (changes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < LargestGroup && changes.Reader.TryRead(out var change))
            {
                group.Add(change);
            }

            Write(group);
        }
    }

    /// <summary>Runs on a thread of its own, where an exception would end the process: whatever goes wrong is the answer.</summary>
    private void Write(List<Change> group)
    {
        try
        {
            foreach (var outcome in store.WriteEach(group, static (writer, change) => change.Make(writer)))
            {
                if (outcome.Error is { } error)
                {
                    outcome.Item.Done.SetException(error);
                }
                else
                {
                    outcome.Item.Done.SetResult(outcome.Result!);
                }
            }
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (error is MacSegmentationException { EndsTransaction: true } of)
            {
                trouble = new(Unwritable(of), time.GetTimestamp());
            }

            foreach (var change in group)
            {
                change.Done.TrySetException(error);
            }
        }
    }

    private KnownClients Refresh(KnownClients known)
    {
        // One request reads; the others go on with what is known.
        if (!reading.TryEnter())
        {
            return known;
        }

        try
        {
            return clients = store.ReadRevision() == known.Revision ? known with { ReadAt = time.GetTimestamp() } : ReadClients();
        }
        finally
        {
            reading.Exit();
        }
    }

    private KnownClients ReadClients() => store.Read(reader => new KnownClients(
        reader.Revision,
        time.GetTimestamp(),
        ClientDirectory.Of(reader.ListProviderClients())));

    private static ServiceTrouble Unwritable(MacSegmentationException error) =>
        new(error.ErrorId, "Known handles are answered, and nothing new: the store cannot be written. It is gone or read-only, or its disk is full; the service's log says why.");

    private sealed record KnownTrouble(ServiceTrouble? Trouble, long TriedAt);

    private sealed record Change(Func<IStoreWriter, object> Make)
    {
        public TaskCompletionSource<object> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record KnownClients(long Revision, long ReadAt, ClientDirectory Directory);
}
