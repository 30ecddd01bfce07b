using MacSegmentation.Captures;
using MacSegmentation.Emulation;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Workers;

namespace MacSegmentation.Enforcement;

/// <summary>
/// A software switch that judges every frame by a decision table: two live ports with a route each way, a capture with one route to
/// another file, or any number of ports (<see cref="MacSwitch"/>). Its threads are its own; no error of theirs leaves
/// the enforcer other than as its <see cref="Error"/>.
/// </summary>
/// <remarks>
/// It starts only with a table and never forwards a frame without one. As the listener of a <see cref="StoreFollower"/> it gets the next one
/// whenever the store changes, and keeps the last one while the store cannot be read.
/// If one thread fails, all end: a bump in the wire does not stay open one way.
/// </remarks>
public sealed partial class PolicyEnforcer : ITableListener, IDisposable
{
    /// <summary>How long <see cref="Stop"/> waits for the threads; what it promises is 500 ms.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(400);

    /// <summary>Held while tables are compiled and put in force: one set at a time. Nothing else waits for it.</summary>
    private readonly Lock preparing = new();

    /// <summary>Held for moments only.</summary>
    private readonly Lock gate = new();
    private readonly IForwardingEngine engine;
    private readonly IReadOnlyList<IServedPort> ports;
    private readonly TimeProvider clock;
    private readonly RateMeter meter = new();
    private readonly NicLooker nics;
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile EnforcerState state = EnforcerState.Starting;
    private volatile DecisionTable table;
    private volatile ConfigurationSnapshot configuration;
    private WorkerThreads? threads;
    private bool isStopRequested;
    private volatile bool isStoreReachable = true;
    private volatile Exception? tableError;

    /// <summary>What was prepared and is not in force yet.</summary>
    private volatile Action? prepared;
    private long startedAt;
    private long endedAt;
    private long swappedAt;

    /// <summary>Creates the enforcer; it forwards nothing before <see cref="Start"/>.</summary>
    /// <param name="table">The table in force at the start.</param>
    /// <param name="routes">The directions, at least one. The enforcer closes their ports when it ends, also if it cannot be created.</param>
    /// <param name="options">How it reports; null for the defaults.</param>
    public PolicyEnforcer(DecisionTable table, IReadOnlyList<EnforcerRoute> routes, EnforcerOptions? options = null)
        : this(table, snapshot: null, options, (valid, events) => new Wire(routes, valid, events), routes.SelectMany(PortsOf))
    {
    }

    /// <summary>Creates the enforcer with a whole configuration, for stages that want more than policies; it forwards nothing before <see cref="Start"/>.</summary>
    /// <param name="snapshot">The configuration in force at the start.</param>
    /// <param name="table">Its compiled policies.</param>
    /// <param name="routes">The directions, at least one. The enforcer closes their ports when it ends, also if it cannot be created.</param>
    /// <param name="options">How it reports; null for the defaults.</param>
    public PolicyEnforcer(ConfigurationSnapshot snapshot, DecisionTable table, IReadOnlyList<EnforcerRoute> routes, EnforcerOptions? options = null)
        : this(table, snapshot, options, (valid, events) => new Wire(routes, valid, events), routes.SelectMany(PortsOf))
    {
    }

    /// <summary>Creates an enforcer that is a switch with any number of ports; it forwards nothing before <see cref="Start"/>.</summary>
    /// <param name="snapshot">The configuration in force at the start.</param>
    /// <param name="table">Its compiled policies.</param>
    /// <param name="layout">The ports. The enforcer closes them when it ends, also if it cannot be created.</param>
    /// <param name="options">How it reports; null for the defaults.</param>
    /// <exception cref="MacSegmentationException">InterfaceNotFound, InterfacePortTwice: see <see cref="SwitchLayout.Validate(IReadOnlyList{SwitchPortSettings}, ConfigurationSnapshot)"/>.</exception>
    public PolicyEnforcer(ConfigurationSnapshot snapshot, DecisionTable table, SwitchLayout layout, EnforcerOptions? options = null)
        : this(table, snapshot, options, (valid, events) => new MacSwitch(Valid(layout, snapshot), valid, events), layout.Ports.SelectMany(PortsOf))
    {
    }

    private PolicyEnforcer(
        DecisionTable table,
        ConfigurationSnapshot? snapshot,
        EnforcerOptions? options,
        Func<EnforcerOptions, EnforcerEventQueue, IForwardingEngine> makeEngine,
        IEnumerable<IDisposable> opened)
    {
        try
        {
            ArgumentNullException.ThrowIfNull(table);
            options ??= new EnforcerOptions();
            ArgumentOutOfRangeException.ThrowIfLessThan(options.DenialEventsPerSecond, 1, nameof(options));
            ArgumentOutOfRangeException.ThrowIfLessThan(options.EventCapacity, 1, nameof(options));
            clock = options.TimeProvider;
            Events = new EnforcerEventQueue(options.EventCapacity);
            engine = makeEngine(options, Events);
            ports = engine.Ports;
            nics = new NicLooker(engine, clock);
            this.table = table;
            startedAt = clock.GetTimestamp();
            swappedAt = startedAt;
            configuration = snapshot ?? Alone(table);
            engine.Prepare(configuration, table)();
        }
        catch
        {
            // Nobody else has them any more.
            foreach (var port in opened)
            {
                port.Dispose();
            }

            throw;
        }
    }

    /// <summary>Where the enforcer is in its life.</summary>
    public EnforcerState State => state;

    /// <summary>The error that ended it, if it is Failed.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Completes when the enforcer has ended in whatever way and its ports are closed; never fails itself.</summary>
    public Task Completion => completion.Task;

    /// <summary>What it tells of: denials, ports and the store going and coming, new tables.</summary>
    public EnforcerEventQueue Events { get; }

    /// <summary>The table in force.</summary>
    public DecisionTable Table => table;

    /// <summary>What the switch has learned; null if the enforcer is a bump in the wire.</summary>
    public MacSwitch? Switch => engine as MacSwitch;

    /// <summary>How far it is with its captures; null if it has live ports.</summary>
    public EnforcerProgress? Progress
    {
        get
        {
            var captures = ports.Select(port => port.Source).OfType<CaptureFileSource>().ToArray();
            return captures.Length == 0
                ? null
                : new EnforcerProgress(captures.Sum(capture => capture.BytesRead), captures.Sum(capture => capture.TotalBytes));
        }
    }

    /// <summary>The configuration in force.</summary>
    internal ConfigurationSnapshot Configuration => configuration;

    /// <summary>Starts a thread for each direction.</summary>
    /// <exception cref="MacSegmentationException">EnforcerAlreadyStarted.</exception>
    public void Start()
    {
        lock (gate)
        {
            if (state != EnforcerState.Starting)
            {
                throw new MacSegmentationException(
                    "EnforcerAlreadyStarted", MacErrorKind.InvalidOperation, $"The enforcer is {state}: it starts only once. Make a new one.", this);
            }

            startedAt = clock.GetTimestamp();
            threads = new WorkerThreads(engine.MakeWorkers(), OnWorkerFailed, End);
            state = EnforcerState.Running;
        }

        threads.Start();
    }

    /// <summary>
    /// Stops: from the return on no frame is forwarded in any direction. Returns within 500 ms, as a rule at once, when the ports are
    /// closed too; a port that does not wake in that time is closed when it does (<see cref="Completion"/>).
    /// </summary>
    /// <returns>True if the enforcer has ended.</returns>
    public bool Stop()
    {
        bool isUnstarted;
        lock (gate)
        {
            isUnstarted = state == EnforcerState.Starting;
            if (isUnstarted || state == EnforcerState.Running)
            {
                state = EnforcerState.Stopping;
                isStopRequested = true;
                threads?.Stop();
            }
        }

        if (isUnstarted)
        {
            End();
        }

        return completion.Task.Wait(StopTimeout);
    }

    /// <summary>Puts a table in force, for the very next frame of each direction; no frame is lost or judged by parts of two.</summary>
    /// <param name="next">The table.</param>
    public void Swap(DecisionTable next) => Swap(snapshot: null, next);

    /// <summary>Puts a configuration in force, for the very next frame; no frame is lost or judged by parts of two.</summary>
    /// <param name="snapshot">The configuration; a bump in the wire does without.</param>
    /// <param name="next">Its compiled policies.</param>
    public void Swap(ConfigurationSnapshot? snapshot, DecisionTable next)
    {
        ArgumentNullException.ThrowIfNull(next);
        PrepareSwap(snapshot, next)();
    }

    /// <summary>Compiles the store's next configuration. Neither frames nor questions wait for it.</summary>
    Action ITableListener.Prepare(ConfigurationSnapshot snapshot, DecisionTable table) => PrepareSwap(snapshot, table);

    /// <summary>Says that a configuration could not be put in force; the table before stays, and it is tried again.</summary>
    /// <param name="error">Why.</param>
    public void OnTableFailed(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        tableError = error;
        Tell(EnforcerEventKind.TableFailed, error.Message);
    }

    /// <summary>Says that the store cannot be read; the table stays in force.</summary>
    /// <param name="error">Why.</param>
    public void OnStoreLost(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        isStoreReachable = false;
        Tell(EnforcerEventKind.StoreUnreachable, error.Message);
    }

    /// <summary>Says that the store can be read again.</summary>
    public void OnStoreBack()
    {
        isStoreReachable = true;
        Tell(EnforcerEventKind.StoreReachable);
    }

    /// <summary>Says that the store was replaced or restored, and what it holds now is in force.</summary>
    public void OnStoreReplaced() => Tell(EnforcerEventKind.StoreReplaced);

    /// <summary>Tells that metrics could not be sent to a collector, or are sent again, by whoever sends them.</summary>
    /// <param name="isSent">True if they are sent again.</param>
    /// <param name="detail">Where, and why not, as a sentence.</param>
    public void TellOfTelemetry(bool isSent, string detail) => Tell(isSent ? EnforcerEventKind.TelemetrySent : EnforcerEventKind.TelemetryFailed, detail);

    /// <summary>Stops it if it works.</summary>
    public void Dispose() => Stop();

    private static SwitchLayout Valid(SwitchLayout layout, ConfigurationSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        SwitchLayout.Validate([.. layout.Ports.Select(port => port.Settings)], snapshot);
        return layout;
    }

    private static IEnumerable<IDisposable> PortsOf(EnforcerRoute route) => route.DeniedSink is { } denied ? [route.Source, route.Sink, denied] : [route.Source, route.Sink];

    private static IEnumerable<IDisposable> PortsOf(SwitchPortAssignment port) => [port.Source, port.Sink];

    /// <summary>A configuration that has nothing but policies.</summary>
    private static ConfigurationSnapshot Alone(DecisionTable table) => new(table.Revision, [.. table.Vlans]);

    /// <summary>
    /// Puts the configuration in force once more, for instances that no spare port was left for when it was. Nothing happens while another one is about to be put in force, which does
    /// the same.
    /// </summary>
    internal void PlaceAnew()
    {
        lock (preparing)
        {
            if (prepared is null && state == EnforcerState.Running)
            {
                engine.Prepare(configuration, table)();
            }
        }
    }

    private Action PrepareSwap(ConfigurationSnapshot? snapshot, DecisionTable next)
    {
        Action commit;
        var taken = snapshot ?? Alone(next);
        preparing.Enter();
        try
        {
            commit = engine.Prepare(taken, next);
            prepared = commit;
        }
        finally
        {
            preparing.Exit();
        }

        return () =>
        {
            lock (gate)
            {
                commit();
                prepared = null;
                swappedAt = clock.GetTimestamp();
                tableError = null;
                configuration = taken;

                // Last: who waits for the table without a lock must not find it before the frames do.
                table = next;
            }

            Tell(EnforcerEventKind.TableSwapped);
        };
    }

    private void OnWorkerFailed(Exception error)
    {
        lock (gate)
        {
            Fail(error);
            state = EnforcerState.Stopping;
        }
    }

    /// <summary>Closes the ports, then says how it ended; by the last thread that works with them.</summary>
    private void End()
    {
        foreach (var held in (threads?.Held ?? []).Concat(ports.SelectMany(port => port.Closed)))
        {
            try
            {
                held.Dispose();
            }
            catch (Exception error)
            {
                Fail(error);
            }
        }

        lock (gate)
        {
            endedAt = clock.GetTimestamp();
            state = Error is not null ? EnforcerState.Failed : isStopRequested ? EnforcerState.Stopped : EnforcerState.Completed;
        }

        Events.Complete();
        completion.SetResult();
    }

    private void Fail(Exception error)
    {
        lock (gate)
        {
            Error = Error is null ? error : new AggregateException(Error, error).Flatten();
        }
    }

    private void Tell(EnforcerEventKind kind, string? detail = null) => Events.Publish(
        new MacEnforcerEvent { Time = clock.GetUtcNow(), Kind = kind, Revision = table.Revision, Detail = detail });
}
