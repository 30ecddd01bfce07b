using MacSegmentation.Auditing;
using MacSegmentation.NicMetrics;

namespace MacSegmentation.SessionReports;

/// <summary>What one direction of an instance's vNIC was like over a time, from the samples that were taken of it.</summary>
internal static class DirectionSeries
{
    /// <summary>Describes it.</summary>
    /// <param name="samples">The samples up to the end, by time.</param>
    /// <param name="own">The changes of the instance, oldest first.</param>
    /// <param name="all">All changes, by what was changed.</param>
    /// <param name="begin">The beginning of the time.</param>
    /// <param name="end">Its end.</param>
    public static DirectionReport Describe(IReadOnlyList<NicSample> samples, IReadOnlyList<MacAuditEvent> own, ILookup<string, MacAuditEvent> all, DateTimeOffset begin, DateTimeOffset end)
    {
        ReportedSample[] measured = [.. Hold(samples, begin, end)];
        var missing = Missing(measured, begin, end);
        var time = end - begin;
        return new DirectionReport
        {
            Asked = [.. Ask(measured).Select(asked => asked with { Cause = CauseOf(asked, own, all) })],
            NotMeasured = missing,
            MeasuredShare = time <= TimeSpan.Zero ? 0 : Math.Round(1 - (missing.Sum(gap => (gap.Until - gap.Since).TotalSeconds) / time.TotalSeconds), 4),
            MaxBitRate = measured.Length == 0 ? null : measured.Max(sample => sample.BitRate),
            MaxLatencyP99 = measured.Length == 0 ? null : measured.Max(sample => sample.LatencyP99),
            Frames = Grown(measured, sample => sample.Frames),
            Bytes = Grown(measured, sample => sample.Bytes),
            Samples = measured,
        };
    }

    /// <summary>The samples that hold within the time, cut to it: each until the next one, until its enforcer was seen last, or until that lost the port.</summary>
    private static IEnumerable<ReportedSample> Hold(IReadOnlyList<NicSample> samples, DateTimeOffset begin, DateTimeOffset end)
    {
        for (int i = 0; i < samples.Count; i++)
        {
            var (metric, seenAt) = samples[i];
            if (metric.State == NicState.NotAttached)
            {
                continue;
            }

            var until = i + 1 < samples.Count && samples[i + 1].Metric.Time < seenAt ? samples[i + 1].Metric.Time : seenAt;
            var since = metric.Time > begin ? metric.Time : begin;

            // Who took it was seen with it at least.
            until = until > end ? end : until < since && metric.Time >= begin ? since : until;
            if (until >= since)
            {
                yield return new ReportedSample
                {
                    Time = since,
                    Until = until,
                    Profile = metric.Profile,
                    BitRate = metric.BitRate.BitsPerSecond,
                    AskedBandwidth = metric.AskedBandwidth?.BitsPerSecond,
                    QueueDepth = metric.QueueDepth,
                    LatencyP50 = metric.AddedLatencyP50.TotalMilliseconds,
                    LatencyP99 = metric.AddedLatencyP99.TotalMilliseconds,
                    AskedLatency = metric.AskedLatency.TotalMilliseconds,
                    Loss = metric.Loss,
                    AskedLoss = metric.AskedLoss,
                    Frames = metric.Frames,
                    Bytes = metric.Bytes,
                    Dropped = metric.Dropped,
                    HostName = metric.HostName,
                    Process = metric.Process,
                };
            }
        }
    }

    /// <summary>The times without a sample. Shorter ones than an enforcer may be silent for are none.</summary>
    private static ReportedTime[] Missing(ReportedSample[] measured, DateTimeOffset begin, DateTimeOffset end)
    {
        var gaps = new List<ReportedTime>();
        var covered = begin;
        foreach (var sample in measured)
        {
            Add(covered, sample.Time);
            covered = sample.Until > covered ? sample.Until : covered;
        }

        Add(covered, end);
        return [.. gaps];

        void Add(DateTimeOffset since, DateTimeOffset until)
        {
            if (until - since >= NicReporter.Lifetime || (measured.Length == 0 && until > since))
            {
                gaps.Add(new ReportedTime { Since = since, Until = until });
            }
        }
    }

    private static List<AskedCharacter> Ask(ReportedSample[] measured)
    {
        var asked = new List<AskedCharacter>();
        foreach (var sample in measured)
        {
            var next = new AskedCharacter
            {
                Since = sample.Time, Until = sample.Until, Profile = sample.Profile, Bandwidth = sample.AskedBandwidth, Latency = sample.AskedLatency, Loss = sample.AskedLoss,
            };
            if (asked is [.., var last] && next with { Since = last.Since, Until = last.Until } == last && next.Since - last.Until < NicReporter.Lifetime)
            {
                asked[^1] = last with { Until = next.Until };
            }
            else
            {
                asked.Add(next);
            }
        }

        return asked;
    }

    /// <summary>The last change before it was seen, of the instance or of what its profile says.</summary>
    private static string? CauseOf(AskedCharacter asked, IReadOnlyList<MacAuditEvent> own, ILookup<string, MacAuditEvent> all)
    {
        var ofProfile = asked.Profile is { } profile ? all[profile].Where(change => change.Action is AuditAction.CreateProfile or AuditAction.ChangeProfile) : [];
        var cause = own.Concat(ofProfile).Where(change => change.Time <= asked.Since).MaxBy(change => change.AuditId);
        return cause is null ? null : $"{cause.Action} {cause.Subject}{(cause.Detail.Length == 0 ? string.Empty : $": {cause.Detail}")}";
    }

    /// <summary>By how much a count that begins anew with each enforcer has grown.</summary>
    private static long Grown(ReportedSample[] measured, Func<ReportedSample, long> count) =>
        measured.Zip(measured.Skip(1)).Where(pair => count(pair.Second) > count(pair.First)).Sum(pair => count(pair.Second) - count(pair.First));
}
