using MacSegmentation.Addressing;
using MacSegmentation.Profiles;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Units;

namespace MacSegmentation.Stores.Profiles;

/// <summary>The table of vNIC profiles.</summary>
internal static class ProfileTable
{
    /// <summary>What one direction is like: columns that the table has twice, each with the direction before its name.</summary>
    private static readonly Column<LinkProfile>[] Link =
    [
        Table<LinkProfile>.Property("bandwidth", OptionalRate, link => link.Bandwidth),
        Table<LinkProfile>.Property("burst", ColumnTypes.Number, link => link.Burst),
        Table<LinkProfile>.Property("latency", ColumnTypes.Duration, link => link.Latency),
        Table<LinkProfile>.Property("jitter", ColumnTypes.Duration, link => link.Jitter),
        Table<LinkProfile>.Property(
            "distribution", ColumnTypes.Choice(JitterDistribution.Uniform, JitterDistribution.Normal, JitterDistribution.Pareto), link => link.Distribution),
        Table<LinkProfile>.Property("jitter_correlation", Share, link => link.JitterCorrelation),
        Table<LinkProfile>.Property("jitter_bound", ColumnTypes.Choice(JitterBound.None, JitterBound.Truncate, JitterBound.Fold), link => link.JitterBound),
        Table<LinkProfile>.Property("reorder", ColumnTypes.Flag, link => link.Reorder),
        Table<LinkProfile>.Property("loss_rate", Share, link => link.LossRate),
        Table<LinkProfile>.Property("burst_loss", OptionalBurstLoss, link => link.BurstLoss),
        Table<LinkProfile>.Property("duplicate_rate", Share, link => link.DuplicateRate),
        Table<LinkProfile>.Property("corrupt_rate", Share, link => link.CorruptRate),
        Table<LinkProfile>.Property("reorder_rate", Share, link => link.ReorderRate),
        Table<LinkProfile>.Property("queue_limit", ColumnTypes.Integer, link => link.QueueLimit),
        Table<LinkProfile>.Property("queue_time", ColumnTypes.Duration, link => link.QueueTime),
        Table<LinkProfile>.Property(
            "queue_management", ColumnTypes.Choice(QueueManagement.TailDrop, QueueManagement.CoDel, QueueManagement.FqCoDel), link => link.QueueManagement),
        Table<LinkProfile>.Property("ecn_marking", ColumnTypes.Flag, link => link.EcnMarking),
        Table<LinkProfile>.Property("trace", OptionalTrace, link => link.Trace),
    ];

    public static readonly Table<MacProfile> Rows = new(
        "vnic_profile",
        static () => new MacProfile { Name = string.Empty, Ingress = new LinkProfile(), Egress = new LinkProfile() },
        [
            Table<MacProfile>.WriteOnly("name_key", ColumnTypes.NameKey, profile => profile.Name, ColumnUse.Key),
            Table<MacProfile>.Property("name", ColumnTypes.Text, profile => profile.Name, ColumnUse.Once),
            Table<MacProfile>.Property("description", ColumnTypes.Text, profile => profile.Description),
            .. PartColumn<MacProfile, LinkProfile>.Each("ingress_", Link, static profile => profile.Ingress),
            .. PartColumn<MacProfile, LinkProfile>.Each("egress_", Link, static profile => profile.Egress),
            Table<MacProfile>.Property("priority", ColumnTypes.OptionalInteger, profile => profile.Priority),
            Table<MacProfile>.Property("dscp", ColumnTypes.OptionalInteger, profile => profile.Dscp),
            Table<MacProfile>.Property("scheduling_class", ColumnTypes.Choice(SchedulingClass.FirstIn, SchedulingClass.Strict, SchedulingClass.Weighted), profile => profile.SchedulingClass),
            Table<MacProfile>.Property("first_address", "last_address", OptionalRange, profile => profile.AddressRange),
            Table<MacProfile>.Property("max_segment_size", ColumnTypes.OptionalInteger, profile => profile.MaxSegmentSize),
            Table<MacProfile>.Property("max_window_scale", ColumnTypes.OptionalInteger, profile => profile.MaxWindowScale),
            Table<MacProfile>.Property("allow_ecn", OptionalFlag, profile => profile.AllowEcn),
            Table<MacProfile>.Property("preset", ColumnTypes.OptionalText, profile => profile.Preset),
        ]);

    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key");
    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?");

    private static ColumnType<Percentage> Share => new(
        static (to, place, value) => to.Bind(place, (long)value.PartsPerMillion), static (row, place) => new Percentage((int)row.Number(place)));

    private static ColumnType<BitRate?> OptionalRate => new(
        static (to, place, value) => to.Bind(place, value?.BitsPerSecond),
        static (row, place) => row.IsNull(place) ? null : new BitRate(row.Number(place)));

    private static ColumnType<bool?> OptionalFlag => new(
        static (to, place, value) => to.Bind(place, value is { } flag ? flag ? 1L : 0L : (long?)null),
        static (row, place) => row.IsNull(place) ? null : row.Flag(place));

    /// <summary>Its four shares as a text.</summary>
    private static ColumnType<BurstLoss?> OptionalBurstLoss => new(
        static (to, place, value) => to.Bind(place, value?.ToString()),
        static (row, place) => row.IsNull(place) ? null : BurstLoss.Parse(row.Text(place)));

    /// <summary>Packed, with its digest, by which it is compared; it is unpacked when it is replayed or shown.</summary>
    private static ColumnType<LinkTrace?> OptionalTrace => new(
        static (to, place, value) => to.Bind(place, value?.ToString()),
        static (row, place) => row.IsNull(place) ? null : LinkTrace.ParsePacked(row.Text(place)));

    /// <summary>First and last address, or neither.</summary>
    private static ColumnType<MacRange?> OptionalRange => new(
        static (to, place, value) => to.Bind(place, (long?)value?.First.Value).Bind(place + 1, (long?)value?.Last.Value),
        static (row, place) => row.IsNull(place) ? null : row.MacRange(place),
        Width: 2);
}
