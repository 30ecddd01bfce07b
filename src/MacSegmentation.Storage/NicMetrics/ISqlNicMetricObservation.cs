using MacSegmentation.NicMetrics;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.NicMetrics;

/// <summary>What is observed of vNICs, as statements.</summary>
internal interface ISqlNicMetricObservation : ISqlNicMetricReader, INicMetricObservation
{
    /// <summary>What an enforcer reported that has been silent for so long is of no use to anyone: those that died leave no more rows than a day brings.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private const string PutRun = "INSERT INTO nic_run (enforcer_id, host_name, process, seen_at) VALUES (?, ?, ?, ?) ON CONFLICT (enforcer_id) DO UPDATE SET seen_at = excluded.seen_at";

    bool INicMetricObservation.UpsertNicReporter(NicReporter reporter)
    {
        bool isKnown = Connection.Prepare("SELECT count(*) FROM nic_reporter WHERE enforcer_id = ?").Bind(1, reporter.EnforcerId).Scalar() > 0;
        if (isKnown)
        {
            Connection
                .Prepare("UPDATE nic_reporter SET seen_at = ? WHERE enforcer_id = ?")
                .Bind(1, StoredTime.From(reporter.SeenAt))
                .Bind(2, reporter.EnforcerId)
                .Run();
        }
        else
        {
            Connection
                .Prepare("INSERT INTO nic_reporter (enforcer_id, host_name, process, seen_at) VALUES (?, ?, ?, ?)")
                .Bind(1, reporter.EnforcerId)
                .Bind(2, reporter.HostName)
                .Bind(3, reporter.Process)
                .Bind(4, StoredTime.From(reporter.SeenAt))
                .Run();
        }

        Connection.Prepare(PutRun).Bind(1, reporter.EnforcerId).Bind(2, reporter.HostName).Bind(3, reporter.Process).Bind(4, StoredTime.From(reporter.SeenAt)).Run();
        Connection.Prepare("DELETE FROM nic_reporter WHERE seen_at < ?").Bind(1, StoredTime.From(reporter.SeenAt - Remembered)).Run();
        return isKnown;
    }

    void INicMetricObservation.UpsertNicMetric(MacNicMetric metric) => Bind(Connection.Prepare(NicMetricTable.Put), metric).Bind(15, metric.InterfaceId).Run();

    void INicMetricObservation.InsertNicSample(MacNicMetric metric) => Bind(Connection.Prepare(NicMetricTable.PutSample), metric)
        .Bind(15, StoredTime.From(metric.Time))
        .Bind(16, NicMetricTable.States.From(metric.State))
        .Bind(17, metric.InterfaceId)
        .Run();

    void INicMetricObservation.ThinNicSamples(DateTimeOffset now, DateTimeOffset since)
    {
        foreach (var (age, spacing) in NicSample.Spacings)
        {
            long step = spacing.Ticks / TimeSpan.TicksPerMicrosecond;

            // Whole steps, or the last sample of one that is cut would stay beside another.
            long first = StoredTime.From(since - age) / step * step;
            long end = StoredTime.From(now - age) / step * step;
            Connection.Prepare(NicMetricTable.Thin).Bind(1, first).Bind(2, end).Bind(3, step).Bind(4, step).Run();
        }

        Connection.Prepare("DELETE FROM nic_sample WHERE taken_at < ?").Bind(1, StoredTime.From(now - NicSample.Lifetime)).Run();
        Connection.Prepare("DELETE FROM nic_run WHERE seen_at < ?").Bind(1, StoredTime.From(now - NicSample.Lifetime)).Run();
    }

    void INicMetricObservation.DeleteNicReporter(string enforcerId) =>
        Connection.Prepare("DELETE FROM nic_reporter WHERE enforcer_id = ?").Bind(1, enforcerId).Run();

    private static SqlStatement Bind(SqlStatement statement, MacNicMetric metric) => statement
        .Bind(1, metric.EnforcerId)
        .Bind(2, NicMetricTable.Directions.From(metric.Direction))
        .Bind(3, metric.Profile)
        .Bind(4, metric.BitRate.BitsPerSecond)
        .Bind(5, metric.AskedBandwidth?.BitsPerSecond)
        .Bind(6, (long)metric.QueueDepth)
        .Bind(7, metric.AddedLatencyP50.Ticks)
        .Bind(8, metric.AddedLatencyP99.Ticks)
        .Bind(9, metric.AskedLatency.Ticks)
        .Bind(10, NicMetricTable.PartsOf(metric.Loss))
        .Bind(11, NicMetricTable.PartsOf(metric.AskedLoss))
        .Bind(12, metric.Frames)
        .Bind(13, metric.Bytes)
        .Bind(14, metric.Dropped);
}
