using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.NicMetrics;
using MacSegmentation.Stores.Providers;
using MacSegmentation.Stores.RunningEnforcers;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Watches;

namespace MacSegmentation.Stores.Sessions;

/// <summary>What a transaction writes down that was observed, concept by concept. It has no way to audit, to a revision and to a notice.</summary>
internal class SqlStoreObserver(SqlConnection connection, long revision, DateTimeOffset now)
    : SqlStoreReader(connection, revision, now), IStoreObserver, ISqlInterfaceObservation, ISqlProviderObservation, ISqlNicMetricObservation, ISqlRunningEnforcerObservation, ISqlWatchObservation
{
}
