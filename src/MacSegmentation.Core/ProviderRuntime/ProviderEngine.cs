using System.Collections.Concurrent;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Pools;

namespace MacSegmentation.ProviderRuntime;

/// <summary>
/// A provider at work: answers devices from a store of its own, whether or not the shared store can be reached, and has both know what the other did. See
/// docs/architecture.md, The block protocol.
/// </summary>
public sealed partial class ProviderEngine : IHandleService, IDisposable
{
    private const int LargestBatch = 256;
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LearningPause = TimeSpan.FromMilliseconds(5);

    private readonly ProviderEngineOptions options;
    private readonly CentralStoreLink root;
    private readonly ProviderSynchronizer synchronizer;
    private readonly RequestHandler desk;
    private readonly BlockingCollection<PendingWork> queue = [];
    private readonly AutoResetEvent roundWanted = new(initialState: false);
    private readonly ManualResetEventSlim stopped = new();

    // A batch of requests and a round of synchronization both go from one store to the other and back: one at a time.
    private readonly Lock betweenStores = new();
    private readonly List<Thread> threads = [];

    // Who uses the queue and the way to the shared store: the owner, until it disposes of the engine, and each thread. The last to go closes them.
    private int users = 1;
    private volatile ClientDirectory clients = ClientDirectory.Empty;
    private volatile bool isStopping;
    private volatile bool isReady;
    private bool isReachedAsReported = true;
    private volatile ServiceTrouble? ending;
    private volatile ServiceTrouble? homeTrouble;
    private long homeTriedAt;
    private long synchronizedAt;

    /// <summary>Creates the provider, which does nothing until <see cref="Start"/>.</summary>
    /// <param name="options">What it works with.</param>
    public ProviderEngine(ProviderEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        root = new CentralStoreLink(options.OpenCentralStore, HurryRound, options.CentralStoreDeadline);
        synchronizer = new ProviderSynchronizer(options, root, Tell);
        desk = new RequestHandler(options, root, synchronizer);
    }

    /// <summary>Tells of rare events, from threads of the provider.</summary>
    public event EventHandler<ProviderEventArgs>? Happened;

    /// <inheritdoc/>
    public bool IsReady
    {
        get => isReady;
        private set => isReady = value;
    }

    /// <inheritdoc/>
    public ServiceTrouble? Trouble => !IsReady
        ? ending ?? new ServiceTrouble("NotReady", "The provider is starting, or being stopped.")
        : !synchronizer.MayGiveOut
            ? new ServiceTrouble("StoreBehind", "Known handles are answered, and new ones are not: the provider's own store may be behind, and has had no round with the shared store yet.")
            : FindHomeTrouble();

    /// <summary>How the provider is.</summary>
    public ProviderStatus Status => new()
    {
        Name = options.Name,
        IsReady = IsReady,
        IsCentralStoreReachable = root.IsUp,
        GivesOut = synchronizer.MayGiveOut,
        IsCaughtUp = synchronizer.IsCaughtUp,
        SynchronizedAt = Interlocked.Read(ref synchronizedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        Decided = desk.Decided,
        DecidedAlone = desk.DecidedAlone,
        Undecidable = desk.Undecidable,
        Conflicts = synchronizer.Conflicts,
    };

    /// <summary>
    /// Begins. Waits for a first round with the shared store; if that cannot be reached, a provider that has been at work before begins without.
    /// </summary>
    /// <exception cref="MacSegmentationException">
    /// ProviderNotFound, ProviderElsewhere, ProviderHomeForeign; RootUnreachable: the provider has never reached the shared store yet.
    /// </exception>
    public void Start()
    {
        Begin();
        if (!synchronizer.IsCaughtUp)
        {
            HurryRound();
        }

        Run("provider decisions", DecideUntilStopped);
        Run("provider rounds", SynchronizeUntilStopped);
    }

    /// <summary>What <see cref="Start"/> does before it lets threads decide and synchronize; a test does without those, and takes every step itself.</summary>
    internal void Begin()
    {
        Synchronize();
        if (options.Home.Read(reader => reader.FindProviderState()) is not { } state)
        {
            throw new MacSegmentationException(
                "RootUnreachable",
                MacErrorKind.Unavailable,
                $"Provider '{options.Name}' has to reach the shared store once before it can answer alone: {root.Reason.TrimEnd('.')}. See that the shared store can be reached, then start it again.",
                options.Name);
        }

        if (!LocalReplica.IsOf(state, options.Name))
        {
            throw new MacSegmentationException(
                "ProviderHomeForeign",
                MacErrorKind.InvalidArgument,
                $"The store cannot be the own one of provider '{options.Name}': it belongs to provider '{state.Provider}'. Give the provider's own.",
                options.Name);
        }

        clients = ClientDirectory.Of(options.Home.Read(reader => reader.ListProviderClients()));
        IsReady = true;
    }

    /// <inheritdoc/>
    public MacAssignment? Find(HandleRequest request)
    {
        var held = FindHolding(request);
        return held is null || (!held.IsReported && !IsCertain(held, request)) ? null : MacAssignment.Of(held, AssignmentOutcome.Existing);
    }

    /// <inheritdoc/>
    public Task<MacAssignment> RequestAsync(HandleRequest request, CancellationToken cancellationToken)
    {
        HandleRegistry.Validate(request);
        var pending = new PendingRequest(request);
        Enqueue(pending);
        return pending.Answer.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public MacHandle? FindHandle(DeviceHandle handle, string instanceId, HandleParty party)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        return options.Home.Read(reader => HandleRegistry.FindExactly(reader, handle, instanceId, party));
    }

    /// <inheritdoc/>
    public Task<MacHandle> ReleaseAsync(DeviceHandle handle, string instanceId, HandleParty party, CancellationToken cancellationToken) => QueueAsync(
        () =>
        {
            var released = desk.Release(handle, instanceId, party);
            roundWanted.Set();
            return released;
        },
        cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<MacPool> ListPools() => options.Home.Read(reader => reader.ListVlans().Select(vlan => PoolMeter.Measure(reader, vlan)).ToList());

    /// <inheritdoc/>
    public MacProviderClient? FindClient(ReadOnlySpan<byte> digest) => clients.Find(digest, options.TimeProvider.GetUtcNow());

    /// <inheritdoc/>
    public MacProviderClient? FindClient(string name) => clients.Find(name);

    /// <summary>
    /// Ends: what is under way is decided, what waits is refused, and what the shared store has not heard is told once more, if it can be reached. A thread that a store keeps for longer
    /// than is waited for ends when the store lets it go.
    /// </summary>
    public void Dispose()
    {
        if (isStopping)
        {
            return;
        }

        isStopping = true;
        IsReady = false;
        queue.CompleteAdding();
        stopped.Set();
        roundWanted.Set();
        bool haveEnded = threads.TrueForAll(thread => thread.Join(options.StopTimeout));
        if (haveEnded && root.IsUp)
        {
            TrySynchronize(string.Empty);
        }

        while (queue.TryTake(out var left))
        {
            left.Fail(Stopped());
        }

        Leave();
    }

    /// <summary>One round with the shared store.</summary>
    /// <exception cref="MacSegmentationException">ProviderNotFound, ProviderElsewhere, ReplicaSuperseded, ProviderHomeForeign.</exception>
    internal void Synchronize()
    {
        // A store that was out of reach may take its time to say so again: nobody is kept waiting for that.
        bool wasUp = root.IsUp;
        bool isReached = wasUp || root.TryReach(store => store.ReadRevision(), out _);
        if (isReached)
        {
            lock (betweenStores)
            {
                // Who had the turn before may have found out meanwhile that it is gone: it is not waited for twice.
                isReached = (!wasUp || root.IsUp) && synchronizer.TryRound();
            }
        }

        if (isReached)
        {
            Interlocked.Exchange(ref synchronizedAt, options.TimeProvider.GetUtcNow().UtcTicks);
            clients = ClientDirectory.Of(options.Home.Read(reader => reader.ListProviderClients()));
        }

        if (isReached != isReachedAsReported)
        {
            isReachedAsReported = isReached;
            Tell(
                isReached ? ProviderEventKind.RootBack : ProviderEventKind.RootLost,
                isReached ? "The shared store is reached again, and both know what the other did meanwhile." : $"The shared store cannot be reached: {root.Reason.TrimEnd('.')}. Known handles and free addresses of the blocks go on being served.");
        }
    }

    /// <summary>Tries to write to the provider's own store, once a second at most: what nobody asks for would not be noticed there.</summary>
    private ServiceTrouble? FindHomeTrouble()
    {
        long now = options.TimeProvider.GetTimestamp();
        long before = Interlocked.Read(ref homeTriedAt);
        if ((before != 0 && options.TimeProvider.GetElapsedTime(before, now) < TimeSpan.FromSeconds(1)) || Interlocked.CompareExchange(ref homeTriedAt, now, before) != before)
        {
            return homeTrouble;
        }

        try
        {
            options.Home.Observe(observer =>
            {
                if (observer.FindProvider(options.Name) is { } provider)
                {
                    observer.MarkProviderSeen(provider.ProviderId);
                }

                return 0;
            });
            homeTrouble = null;
        }
        catch (MacSegmentationException error)
        {
            homeTrouble = new ServiceTrouble(error.ErrorId, "The provider's own store cannot be written: it is gone or read-only, or its disk is full. The service's log says why.");
        }

        return homeTrouble;
    }

    private MacHandle? FindHolding(HandleRequest request) => options.Home.Read(reader => HandleRegistry.FindHolding(reader, request));

    /// <summary>
    /// True if what the shared store has not confirmed is not being decided. While it is asked, the proposal stands in the provider's own store and may be taken back:
    /// a device that asks again meanwhile has to wait for the same decision.
    /// </summary>
    private bool IsCertain(MacHandle held, HandleRequest request) =>
        synchronizer.IsNoted(held)

        // Decided alone. Read again, because it may have been taken back before the shared store was lost.
        || (held.Provider.Length > 0 && !root.IsUp && FindHolding(request) == held);

    /// <summary>Does something between both stores, in the turn of what is asked: whoever waits for it keeps no thread.</summary>
    private Task<T> QueueAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var pending = new PendingTask<T>(work);
        Enqueue(pending);
        return pending.Answer.WaitAsync(cancellationToken);
    }

    private void Enqueue(PendingWork pending)
    {
        try
        {
            queue.Add(pending);
        }
        catch (InvalidOperationException)
        {
            throw Stopped();
        }
    }

    private static MacSegmentationException Stopped() =>
        new("ProviderStopped", MacErrorKind.Unavailable, "The provider is being stopped. Ask another one, or again later.");

    private void Tell(ProviderEventKind kind, string message) => Happened?.Invoke(this, new ProviderEventArgs(options.TimeProvider.GetUtcNow(), kind, message));
}
