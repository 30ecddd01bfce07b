using MacSegmentation.NicMetrics;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.NicMetrics;

/// <summary>What is observed of vNICs, as statements.</summary>
internal interface ISqlNicMetricObservation : ISqlNicMetricReader, INicMetricObservation
{
    /// <summary>What an enforcer reported that has been silent for so long is of no use to anyone: those that died leave no more rows than a day brings.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

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

        Connection.Prepare("DELETE FROM nic_reporter WHERE seen_at < ?").Bind(1, StoredTime.From(reporter.SeenAt - Remembered)).Run();
        return isKnown;
    }

    void INicMetricObservation.UpsertNicMetric(MacNicMetric metric) => Connection
        .Prepare(NicMetricTable.Put)
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
        .Bind(14, metric.Dropped)
        .Bind(15, metric.InterfaceId)
        .Run();

    void INicMetricObservation.DeleteNicReporter(string enforcerId) =>
        Connection.Prepare("DELETE FROM nic_reporter WHERE enforcer_id = ?").Bind(1, enforcerId).Run();
}
