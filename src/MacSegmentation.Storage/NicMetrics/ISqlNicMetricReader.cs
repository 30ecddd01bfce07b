using MacSegmentation.NicMetrics;
using MacSegmentation.Stores.NetworkSessions;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.NicMetrics;

/// <summary>The questions about what enforcers have measured, as queries.</summary>
internal interface ISqlNicMetricReader : INicMetricReader, ISqlNetworkSessionReader
{
    IReadOnlyList<MacNicMetric> INicMetricReader.ListNicMetrics(DateTimeOffset liveSince, string? interfaceName)
    {
        var statement = interfaceName is null
            ? Connection.Prepare(NicMetricTable.SelectLive)
            : Connection.Prepare(NicMetricTable.SelectLiveOf).Bind(2, NameKeys.Of(interfaceName));
        return statement.Bind(1, StoredTime.From(liveSince)).All(NicMetricTable.Rows.Read);
    }

    IReadOnlyList<NicSample> INicMetricReader.ListNicSamples(long interfaceId, DateTimeOffset before) => Connection
        .Prepare(NicMetricTable.SelectSamples)
        .Bind(1, interfaceId)
        .Bind(2, StoredTime.From(before))
        .All(static row => new NicSample(NicMetricTable.Samples.Read(row), StoredTime.To(row.Number(NicMetricTable.Samples.Width))));
}
