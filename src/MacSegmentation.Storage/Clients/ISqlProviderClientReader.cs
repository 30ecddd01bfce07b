using MacSegmentation.Clients;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Clients;

/// <summary>The questions about clients of the provider service, as queries.</summary>
internal interface ISqlProviderClientReader : IProviderClientReader, ISqlSession
{
    MacProviderClient? IProviderClientReader.FindProviderClient(string name) =>
        Connection.Prepare(ProviderClientTable.SelectByName).Bind(1, NameKeys.Of(name)).First(ProviderClientTable.Rows.Read);

    IReadOnlyList<MacProviderClient> IProviderClientReader.ListProviderClients() =>
        Connection.Prepare(ProviderClientTable.SelectSorted).All(ProviderClientTable.Rows.Read);
}
