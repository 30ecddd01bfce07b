using System.Diagnostics;
using MacSegmentation.Enforcement;
using MacSegmentation.Policies;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Units;

namespace MacSegmentation.Measurement;

/// <summary>
/// Runs vNIC profiles over a pair of ports in memory, by the code that serves live ones where each port has a thread, in real time: what this machine, its timers included, makes of what is asked.
/// </summary>
public static class ProfileMeter
{
    /// <summary>The shortest time that frames are sent for.</summary>
    public static readonly TimeSpan MinTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time that frames are sent for.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(10);

    private const int BitsPerOctet = 8;
    private const int ProbeLength = 100;
    private const int FullLength = 1514;
    private const int MaxProbes = 5_000;
    private const int ShownDigits = 5;

    /// <summary>Bits a second that are offered at most: what this code makes without being what is measured.</summary>
    private const double MaxOffered = 4e9;

    /// <summary>Frames that are sent at most to measure a bandwidth.</summary>
    private const int MaxFullFrames = 1_000_000;
    private const double NanosecondsOfSecond = 1e9;
    private static readonly TimeSpan BaselineTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Measures both directions of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="time">How long frames are sent, for latency and loss, and again for the bandwidth; 100 ms to 10 min.</param>
    /// <param name="seed">What its draws follow from; null for another each time.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Ingress, then Egress, each as soon as it is measured.</returns>
    /// <exception cref="OperationCanceledException">It was told to end.</exception>
    public static IEnumerable<MacProfileMeasurement> Measure(MacProfile profile, TimeSpan time, long? seed = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, MinTime);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, MaxTime);
        var baseline = Latencies(Run(profile with { Ingress = LinkProfile.None, Egress = LinkProfile.None }, isIngress: true, ProbeLength, Interval(LinkProfile.None, BaselineTime), BaselineTime, drains: true, seed, cancellation));
        foreach (bool isIngress in (bool[])[true, false])
        {
            yield return Measure(profile, isIngress, time, seed, At(baseline, 0.5), cancellation);
        }
    }

    private static MacProfileMeasurement Measure(MacProfile profile, bool isIngress, TimeSpan time, long? seed, TimeSpan baseline, CancellationToken cancellation)
    {
        var link = isIngress ? profile.Ingress : profile.Egress;
        var probes = Run(profile, isIngress, ProbeLength, Interval(link, time), time, drains: true, seed, cancellation);
        var latencies = Latencies(probes);
        double mean = latencies.Length == 0 ? 0 : latencies.Average(latency => latency.TotalMilliseconds);
        return new MacProfileMeasurement
        {
            Profile = profile.Name,
            Direction = isIngress ? nameof(MacProfile.Ingress) : nameof(MacProfile.Egress),
            AskedBandwidth = link.Bandwidth,
            Bandwidth = link.Bandwidth is { } bandwidth ? MeasureBandwidth(profile, isIngress, bandwidth, time, seed, cancellation) : null,
            AskedLatency = link.Latency,
            AskedJitter = link.Jitter,
            LatencyP50 = Added(At(latencies, 0.50), baseline),
            LatencyP99 = Added(At(latencies, 0.99), baseline),
            Jitter = TimeSpan.FromMilliseconds(latencies.Length == 0 ? 0 : Math.Sqrt(latencies.Average(latency => Math.Pow(latency.TotalMilliseconds - mean, 2)))),
            AskedLoss = link.BurstLoss?.MeanLoss ?? link.LossRate.Fraction,
            FramesSent = probes.Source.SentAt.Length,
            FramesLost = probes.Sink.CameAt.Count(came => came == 0) - probes.Sink.Corrupted,
            FramesDuplicated = probes.Sink.Duplicated,
            FramesReordered = probes.Sink.Reordered,
            FramesCorrupted = probes.Sink.Corrupted,
            Baseline = baseline,
        };
    }

    /// <summary>What comes through of twice as much, from when the burst and what stood in the queue for it are through.</summary>
    private static BitRate? MeasureBandwidth(MacProfile profile, bool isIngress, BitRate bandwidth, TimeSpan time, long? seed, CancellationToken cancellation)
    {
        double offered = Math.Min(2.0 * bandwidth.BitsPerSecond, MaxOffered);
        long interval = Math.Max(1, (long)(FullLength * BitsPerOctet * NanosecondsOfSecond / offered));
        var run = Run(profile, isIngress, FullLength, interval, time, drains: false, seed, cancellation);
        long[] came = [.. run.Sink.CameAt.Where(at => at != 0).Order()];
        var link = isIngress ? profile.Ingress : profile.Egress;
        int first = (int)Math.Min(came.Length / 2, (link.Burst / FullLength) + 1);
        return came.Length - first < 2
            ? null
            : new BitRate((long)((came.Length - 1 - first) * (double)FullLength * BitsPerOctet / Stopwatch.GetElapsedTime(came[first], came[^1]).TotalSeconds)).ToDigits(ShownDigits);
    }

    private static (ProbeSource Source, ProbeSink Sink) Run(MacProfile profile, bool isIngress, int length, long interval, TimeSpan time, bool drains, long? seed, CancellationToken cancellation)
    {
        int count = (int)Math.Clamp(time.TotalNanoseconds / interval, 1, MaxFullFrames);
        var source = new ProbeSource(length, count, interval, TimeProvider.System);
        var sink = new ProbeSink(count);
        var snapshot = new ConfigurationSnapshot(1, []).With<MacProfile>([profile]);
        var route = new EnforcerRoute(source, sink) { Profile = profile.Name, IsTowardsInstance = isIngress };
        using var enforcer = new PolicyEnforcer(snapshot, DecisionTable.Compile(snapshot), [route], new() { Seed = seed });
        enforcer.Start();
        while (!source.IsDone || (drains && enforcer.GetStatistics().Directions[0].Link is { FramesWaiting: > 0 }))
        {
            if (enforcer.Completion.Wait(LookEvery, cancellation))
            {
                throw enforcer.Error ?? new InvalidOperationException("The enforcer ended before its frames were through.");
            }
        }

        enforcer.Stop();
        return (source, sink);
    }

    /// <summary>Nanoseconds between two probes: at most half of the bandwidth, and so many as one can look at.</summary>
    private static long Interval(LinkProfile link, TimeSpan time)
    {
        double atHalf = link.Bandwidth is { } bandwidth ? 2.0 * ProbeLength * BitsPerOctet * NanosecondsOfSecond / bandwidth.BitsPerSecond : 0;
        return (long)Math.Max(atHalf, time.TotalNanoseconds / MaxProbes);
    }

    private static TimeSpan[] Latencies((ProbeSource Source, ProbeSink Sink) run)
    {
        long[] sent = run.Source.SentAt.ToArray();
        return [.. run.Sink.CameAt.Zip(sent).Where(frame => frame.First != 0).Select(frame => Stopwatch.GetElapsedTime(frame.Second, frame.First)).Order()];
    }

    private static TimeSpan At(TimeSpan[] latencies, double share) => latencies.Length == 0 ? TimeSpan.Zero : latencies[Math.Min(latencies.Length - 1, (int)(latencies.Length * share))];

    private static TimeSpan Added(TimeSpan latency, TimeSpan baseline) => latency > baseline ? latency - baseline : TimeSpan.Zero;
}
