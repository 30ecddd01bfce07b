using MacSegmentation.Providers;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Providers;

/// <summary>What is observed of providers, as statements.</summary>
internal interface ISqlProviderObservation : ISqlProviderReader, IProviderObservation
{
    void IProviderObservation.MarkProviderSeen(long providerId) => Connection
        .Prepare("UPDATE provider SET seen_at = ? WHERE provider_id = ?")
        .Bind(1, StoredTime.From(Now))
        .Bind(2, providerId)
        .Run();
}
