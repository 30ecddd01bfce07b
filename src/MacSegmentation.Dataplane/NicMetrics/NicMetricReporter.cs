using System.Collections.Immutable;
using MacSegmentation.Auditing;
using MacSegmentation.Counting;
using MacSegmentation.Emulation;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores;

namespace MacSegmentation.NicMetrics;

/// <summary>
/// Measures for a running enforcer, once a second, what goes by the ports of interface records, and reports it to the store and to the instruments of <see cref="NicInstruments"/>.
/// </summary>
/// <remarks>
/// Only what has changed is written, with one sign of life for all, and every ten seconds kept for later (<see cref="NicSample"/>). A store that is away is told of once, and gets everything that it does not have when it is back. What was reported ends
/// with this; if its process dies, with <see cref="NicReporter.Lifetime"/>. With the sign of life goes what the enforcer is and does as a whole (<see cref="MacRunningEnforcer"/>).
/// </remarks>
public sealed class NicMetricReporter : IDisposable
{
    /// <summary>From one look to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly string[] SpoofingNames = [.. PortCounts.Spoofing.Select(reason => reason.Name)];
    private static readonly TimeSpan ThinInterval = TimeSpan.FromMinutes(5);

    private readonly IMacStore store;
    private readonly PolicyEnforcer enforcer;
    private readonly AuditActor actor;
    private readonly TimeProvider clock;
    private readonly string enforcerId = Guid.NewGuid().ToString("N");
    private volatile string name = string.Empty;

    private readonly Dictionary<int, PortMeters> ports = [];
    private readonly Dictionary<(long InterfaceId, ProfileDirection Direction), MacNicMetric> written = [];
    private readonly NicSampling sampling = new();
    private IReadOnlyList<NicLook> looked = [];

    /// <summary>True if something was measured that is not written yet.</summary>
    private bool isUnwritten = true;

    /// <summary>True if a port will be told otherwise although nothing goes by: its rate ends.</summary>
    private bool isRestless;
    private long skippedAt;
    private readonly WatchLoop loop;
    private DateTimeOffset? thinnedAt;
    private ImmutableArray<MacProfile> profiles = [];
    private Dictionary<string, string> profileNames = new(StringComparer.OrdinalIgnoreCase);
    private volatile IReadOnlyList<MacNicMetric> latest = [];
    private int isEnded;

    /// <summary>Begins to measure.</summary>
    /// <param name="store">The store; one that can only be read is not reported to. It stays the caller's to dispose, after this.</param>
    /// <param name="enforcer">The enforcer, which follows the store.</param>
    /// <param name="actor">Who it is that measures; null for this process.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public NicMetricReporter(IMacStore store, PolicyEnforcer enforcer, AuditActor? actor = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(enforcer);
        this.store = store;
        this.enforcer = enforcer;
        this.actor = actor ?? AuditActor.Current;
        clock = timeProvider ?? TimeProvider.System;
        NicInstruments.Add(this);
        loop = new WatchLoop(
            clock,
            Interval,
            Report,
            error => enforcer.Events.Publish(new MacEnforcerEvent
            {
                Time = clock.GetUtcNow(),
                Kind = EnforcerEventKind.MetricsFailed,
                Detail = $"The metrics of vNICs could not be reported to the store, and it is tried again each second. {error.Message}",
            }));
        loop.Start(TimeSpan.Zero);
    }

    /// <summary>What the enforcer is called, for whoever lists those of all hosts; empty for no name.</summary>
    public string Name
    {
        get => name;
        set => name = value ?? string.Empty;
    }

    /// <summary>What was measured last, by port and direction.</summary>
    public IReadOnlyList<MacNicMetric> Latest => latest;

    /// <summary>Looks at once: what <see cref="Latest"/> and the instruments tell is of now. For the end, before this is disposed of.</summary>
    public void Refresh()
    {
        lock (loop.Gate)
        {
            if (isEnded == 0)
            {
                Measure(isNew: true);
            }
        }
    }

    /// <summary>Ends it. What it reported goes, unless the store cannot be written: then it counts no more when it has been silent for its lifetime.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isEnded, 1) != 0)
        {
            return;
        }

        loop.Dispose();
        NicInstruments.Remove(this);
        latest = [];
        if (!store.Info.IsReadOnly)
        {
            Leave();
        }
    }

    private void Leave()
    {
        try
        {
            store.Observe(observer =>
            {
                observer.DeleteNicReporter(enforcerId);
                observer.DeleteRunningEnforcer(enforcerId);
                return 0;
            });
        }
        catch (MacSegmentationException)
        {
            // The store is away, and forgets it by itself.
        }
    }

    private void Report()
    {
        Measure();
        if (!store.Info.IsReadOnly)
        {
            Write();
        }
    }

    private void Measure(bool isNew = false)
    {
        long now = loop.Now;
        var known = enforcer.Configuration.Of<MacProfile>();
        bool isSame = known == profiles;
        if (!isSame)
        {
            profiles = known;
            profileNames = known.ToDictionary(profile => profile.Name, profile => profile.Name, StringComparer.OrdinalIgnoreCase);
        }

        var looks = enforcer.LookAtNics(isNew);
        if (isSame && ReferenceEquals(looks, looked) && !isRestless)
        {
            // Nothing has gone by anywhere, and all that was told holds.
            skippedAt = now;
            return;
        }

        var measured = new List<MacNicMetric>(looks.Count * 2);
        isRestless = false;
        foreach (var look in looks)
        {
            var count = look.Counts;
            if (!ports.TryGetValue(count.Port, out var meters) || meters.InterfaceId != count.Record.InterfaceId)
            {
                ports[count.Port] = meters = new PortMeters(count.Record.InterfaceId);
            }

            meters.Ingress.Skip(skippedAt);
            meters.Egress.Skip(skippedAt);
            if (!isSame || meters.Record != count.Record || !meters.Egress.IsSettled(count.FramesIn) || !meters.Ingress.IsSettled(count.FramesSent))
            {
                meters.Record = count.Record;
                string? profile = count.Record.Profile is { } name ? profileNames.GetValueOrDefault(name) : null;
                meters.Ingress.Measure(count.Record, count.FramesSent, count.BytesSent, profile, look.ToInstance, now);
                meters.Egress.Measure(count.Record, count.FramesIn, count.BytesIn, profile, look.FromInstance, now);
                isRestless |= !meters.Egress.IsSettled(count.FramesIn) || !meters.Ingress.IsSettled(count.FramesSent);
            }
            else
            {
                meters.Egress.Skip(now);
                meters.Ingress.Skip(now);
            }

            measured.Add(meters.Ingress.Metric!);
            measured.Add(meters.Egress.Metric!);
        }

        looked = looks;
        latest = measured;
        isUnwritten = true;
    }

    private void Write()
    {
        var measured = latest;
        MacNicMetric[] changed = isUnwritten ? [.. measured.Where(metric => !written.TryGetValue(KeyOf(metric), out var before) || metric != before)] : [];
        var samples = isUnwritten || sampling.IsBehind ? sampling.ListDue(measured, loop.Now, clock.GetUtcNow()) : [];
        var thinned = thinnedAt;
        var present = enforcer.State == EnforcerState.Running ? Describe() : null;
        bool isKnown = store.Observe(observer =>
        {
            bool known = observer.UpsertNicReporter(new NicReporter { EnforcerId = enforcerId, HostName = actor.HostName, Process = actor.Process, SeenAt = observer.Now });
            if (present is not null)
            {
                observer.UpsertRunningEnforcer(present with { SeenAt = observer.Now, StartedAt = observer.Now - present.SeenAt.Subtract(present.StartedAt) });
            }

            foreach (var metric in known ? changed : measured)
            {
                observer.UpsertNicMetric(metric with { EnforcerId = enforcerId });
            }

            foreach (var sample in samples)
            {
                observer.InsertNicSample(sample with { EnforcerId = enforcerId });
            }

            if (thinned is null || observer.Now - thinned >= ThinInterval)
            {
                observer.ThinNicSamples(observer.Now, thinned ?? observer.Now - NicSample.Lifetime);
                thinned = observer.Now;
            }

            return known;
        });
        isUnwritten = false;
        thinnedAt = thinned;
        sampling.Keep(samples, loop.Now);
        if (!isKnown)
        {
            written.Clear();
        }

        foreach (var metric in isKnown ? changed : measured)
        {
            written[KeyOf(metric)] = metric;
        }
    }

    /// <summary>The enforcer as a whole. Times are put right by the store's clock when it is written.</summary>
    private MacRunningEnforcer Describe()
    {
        var statistics = enforcer.GetStatistics();
        bool isSwitch = statistics.Ports.Count > 0;
        (string Name, bool IsUp)[] own = isSwitch ? [.. statistics.Ports.Select(port => (port.Port, port.IsPortUp))] : [.. statistics.Directions.Select(direction => (direction.Port, direction.IsPortUp))];
        return new MacRunningEnforcer
        {
            EnforcerId = enforcerId,
            Name = name,
            HostName = actor.HostName,
            Process = actor.Process,
            Kind = enforcer.Switch is null ? RunningEnforcerKind.Wire : RunningEnforcerKind.Switch,
            Ports = [.. own.Take(MacRunningEnforcer.MaxPortNames).Select(port => port.Name)],
            PortCount = own.Length,
            PortsDown = own.Count(port => !port.IsUp),
            Revision = statistics.TableRevision,
            TableError = statistics.TableError ?? string.Empty,
            StartedAt = statistics.Time - statistics.Elapsed,
            SeenAt = statistics.Time,
            FramesIn = statistics.Total.FramesIn,
            FramesDenied = statistics.Total.FramesDenied,
            SpoofRefusals = SpoofingNames.Sum(reason => statistics.Total.DeniedByReason.GetValueOrDefault(reason)),
        };
    }

    private static (long InterfaceId, ProfileDirection Direction) KeyOf(MacNicMetric metric) => (metric.InterfaceId, metric.Direction);

    private sealed class PortMeters(long interfaceId)
    {
        public long InterfaceId { get; } = interfaceId;

        public MacInterface? Record { get; set; }

        public NicMeter Ingress { get; } = new(ProfileDirection.Ingress);

        public NicMeter Egress { get; } = new(ProfileDirection.Egress);
    }
}
