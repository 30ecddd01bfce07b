using MacSegmentation.NicMetrics;
using MacSegmentation.Profiles;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Units;

namespace MacSegmentation.Stores.NicMetrics;

/// <summary>The tables of what enforcers measure, and of when they reported last. They are observed: nobody is told.</summary>
internal static class NicMetricTable
{
    public static readonly StoredChoice<ProfileDirection> Directions = new([ProfileDirection.Ingress, ProfileDirection.Egress]);

    public static readonly StoredChoice<NicState> States = new([NicState.Attached, NicState.NotAttached]);

    private const string OfInterface = " JOIN interface USING (interface_id) LEFT JOIN network_instance USING (interface_id) LEFT JOIN network_session own ON own.name_key = session_key";

    /// <summary>What is measured, in the newest report and in each sample alike.</summary>
    private static readonly Column<MacNicMetric>[] Measured =
    [
        Table<MacNicMetric>.Property("bit_rate", Rate, metric => metric.BitRate),
        Table<MacNicMetric>.Property("asked_bandwidth", OptionalRate, metric => metric.AskedBandwidth),
        Table<MacNicMetric>.Property("queue_depth", ColumnTypes.Integer, metric => metric.QueueDepth),
        Table<MacNicMetric>.Property("latency_p50", ColumnTypes.Duration, metric => metric.AddedLatencyP50),
        Table<MacNicMetric>.Property("latency_p99", ColumnTypes.Duration, metric => metric.AddedLatencyP99),
        Table<MacNicMetric>.Property("asked_latency", ColumnTypes.Duration, metric => metric.AskedLatency),
        Table<MacNicMetric>.Property("loss", PartsPerMillion, metric => metric.Loss),
        Table<MacNicMetric>.Property("asked_loss", PartsPerMillion, metric => metric.AskedLoss),
        Table<MacNicMetric>.Property("frames", ColumnTypes.Number, metric => metric.Frames),
        Table<MacNicMetric>.Property("bytes", ColumnTypes.Number, metric => metric.Bytes),
        Table<MacNicMetric>.Property("dropped", ColumnTypes.Number, metric => metric.Dropped),
    ];

    /// <summary>Whose it is, as the interface record and its instance say now.</summary>
    private static readonly Column<MacNicMetric>[] Owner =
    [
        Table<MacNicMetric>.ReadOnly("interface.name", ColumnTypes.Text, metric => metric.Interface),
        Table<MacNicMetric>.ReadOnly("interface.vlan_id", ColumnTypes.Integer, metric => metric.VlanId),
        Table<MacNicMetric>.ReadOnly("CASE WHEN network_instance.profile_source IS NULL THEN NULL ELSE interface.name END", ColumnTypes.OptionalText, metric => metric.Instance),
        Table<MacNicMetric>.ReadOnly("own.name", ColumnTypes.OptionalText, metric => metric.Session),
    ];

    public static readonly Table<NicReporter> Reporters = OfReporters("nic_reporter");

    public static readonly Table<MacNicMetric> Rows = new(
        "nic_metric",
        $"JOIN nic_reporter USING (enforcer_id){OfInterface}",
        static () => new MacNicMetric { Interface = string.Empty, Direction = default },
        [
            Table<MacNicMetric>.Property("interface_id", ColumnTypes.Number, metric => metric.InterfaceId),
            Table<MacNicMetric>.Property("enforcer_id", ColumnTypes.Text, metric => metric.EnforcerId),
            Table<MacNicMetric>.Property("direction", ColumnTypes.Choice(ProfileDirection.Ingress, ProfileDirection.Egress), metric => metric.Direction),
            Table<MacNicMetric>.Reference("profile", "nic_metric.profile", "?", ColumnTypes.OptionalText, metric => metric.Profile),
            .. Measured,
            Table<MacNicMetric>.ReadOnly("nic_reporter.seen_at", ColumnTypes.Time, metric => metric.Time),
            Table<MacNicMetric>.ReadOnly("nic_reporter.host_name", ColumnTypes.OptionalText, metric => metric.HostName),
            Table<MacNicMetric>.ReadOnly("nic_reporter.process", ColumnTypes.OptionalText, metric => metric.Process),
            .. Owner,
        ])
    {
        IsQuiet = true,
    };

    /// <summary>What was measured over time, told of by whoever reported it.</summary>
    public static readonly Table<MacNicMetric> Samples = new(
        "nic_sample",
        $"JOIN nic_run USING (enforcer_id){OfInterface}",
        static () => new MacNicMetric { Interface = string.Empty, Direction = default },
        [
            Table<MacNicMetric>.Property("interface_id", ColumnTypes.Number, metric => metric.InterfaceId),
            Table<MacNicMetric>.Property("direction", ColumnTypes.Choice(ProfileDirection.Ingress, ProfileDirection.Egress), metric => metric.Direction),
            Table<MacNicMetric>.Property("taken_at", ColumnTypes.Time, metric => metric.Time),
            Table<MacNicMetric>.Property("enforcer_id", ColumnTypes.Text, metric => metric.EnforcerId),
            Table<MacNicMetric>.Reference("state", "nic_sample.state", "?", ColumnTypes.Choice(NicState.Attached, NicState.NotAttached), metric => metric.State),
            Table<MacNicMetric>.Reference("profile", "nic_sample.profile", "?", ColumnTypes.OptionalText, metric => metric.Profile),
            .. Measured,
            Table<MacNicMetric>.ReadOnly("nic_run.host_name", ColumnTypes.OptionalText, metric => metric.HostName),
            Table<MacNicMetric>.ReadOnly("nic_run.process", ColumnTypes.OptionalText, metric => metric.Process),
            .. Owner,
        ])
    {
        IsQuiet = true,
    };

    /// <summary>When who reported samples was seen last.</summary>
    public static readonly Table<NicReporter> Runs = OfReporters("nic_run");

    public static readonly string SelectSamples = Samples.Select("WHERE nic_sample.interface_id = ? AND nic_sample.taken_at < ? ORDER BY direction, nic_sample.taken_at, enforcer_id", "nic_run.seen_at");

    /// <summary>A sample; nothing if the interface record is gone, or there is one of that moment.</summary>
    public const string PutSample =
        """
        INSERT INTO nic_sample (interface_id, enforcer_id, direction, profile, bit_rate, asked_bandwidth, queue_depth, latency_p50, latency_p99, asked_latency, loss, asked_loss, frames, bytes, dropped, taken_at, state)
        SELECT interface_id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM interface WHERE interface_id = ?
        ON CONFLICT (interface_id, direction, taken_at, enforcer_id) DO NOTHING
        """;

    /// <summary>Of the samples of a time, leaves the last one of each so many microseconds.</summary>
    public const string Thin =
        """
        DELETE FROM nic_sample WHERE taken_at >= ? AND taken_at < ? AND EXISTS (
            SELECT 1 FROM nic_sample later WHERE later.interface_id = nic_sample.interface_id AND later.direction = nic_sample.direction
            AND later.taken_at > nic_sample.taken_at AND later.taken_at < (nic_sample.taken_at / ? + 1) * ?)
        """;

    public static readonly string SelectLive = Rows.Select($"WHERE nic_reporter.seen_at > ? {Sorted}");
    public static readonly string SelectLiveOf = Rows.Select($"WHERE nic_reporter.seen_at > ? AND interface.name_key = ? {Sorted}");

    /// <summary>A measurement takes the place of the one before; nothing if the interface record is gone.</summary>
    public const string Put =
        """
        INSERT INTO nic_metric (interface_id, enforcer_id, direction, profile, bit_rate, asked_bandwidth, queue_depth, latency_p50, latency_p99, asked_latency, loss, asked_loss, frames, bytes, dropped)
        SELECT interface_id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM interface WHERE interface_id = ?
        ON CONFLICT (interface_id, enforcer_id, direction) DO UPDATE SET profile = excluded.profile, bit_rate = excluded.bit_rate, asked_bandwidth = excluded.asked_bandwidth,
        queue_depth = excluded.queue_depth, latency_p50 = excluded.latency_p50, latency_p99 = excluded.latency_p99, asked_latency = excluded.asked_latency, loss = excluded.loss,
        asked_loss = excluded.asked_loss, frames = excluded.frames, bytes = excluded.bytes, dropped = excluded.dropped
        """;

    private const string Sorted = "ORDER BY interface.name_key, direction, nic_reporter.host_name, nic_reporter.process, enforcer_id";

    private static ColumnType<BitRate> Rate => new(static (to, place, value) => to.Bind(place, value.BitsPerSecond), static (row, place) => new BitRate(row.Number(place)));

    private static ColumnType<BitRate?> OptionalRate => new(
        static (to, place, value) => to.Bind(place, value?.BitsPerSecond),
        static (row, place) => row.IsNull(place) ? null : new BitRate(row.Number(place)));

    /// <summary>A table of who reports: those whose reports hold now, and those who ever took a sample that is kept.</summary>
    private static Table<NicReporter> OfReporters(string name) => new(
        name,
        static () => new NicReporter { EnforcerId = string.Empty, HostName = string.Empty, Process = string.Empty, SeenAt = default },
        Table<NicReporter>.NaturalKey("enforcer_id", ColumnTypes.Text, reporter => reporter.EnforcerId),
        Table<NicReporter>.Property("host_name", ColumnTypes.Text, reporter => reporter.HostName),
        Table<NicReporter>.Property("process", ColumnTypes.Text, reporter => reporter.Process),
        Table<NicReporter>.Property("seen_at", ColumnTypes.Time, reporter => reporter.SeenAt))
    {
        IsQuiet = true,
    };

    public static long PartsOf(double share) => (long)Math.Round(share * 1e6);

    /// <summary>A share, 0 to 1.</summary>
    private static ColumnType<double> PartsPerMillion => new(
        static (to, place, value) => to.Bind(place, PartsOf(value)),
        static (row, place) => row.Number(place) / 1e6);
}
