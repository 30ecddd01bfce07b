using MacSegmentation.Providers;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Providers;

/// <summary>The questions about providers, as queries.</summary>
internal interface ISqlProviderReader : IProviderReader, ISqlSession
{
    MacProvider? IProviderReader.FindProvider(string name) => Connection.Prepare(ProviderTable.SelectByName).Bind(1, NameKeys.Of(name)).First(ProviderTable.Rows.Read);

    IReadOnlyList<MacProvider> IProviderReader.ListProviders() => Connection.Prepare(ProviderTable.SelectSorted).All(ProviderTable.Rows.Read);

    ProviderState? IProviderReader.FindProviderState() => Connection.Prepare(ProviderTable.SelectState).First(ProviderTable.State.Read);
}
