using MacSegmentation.Providers;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Providers;

/// <summary>The changes of providers, as statements.</summary>
internal interface ISqlProviderWriter : ISqlProviderReader, IProviderWriter, ISqlChange
{
    MacProvider IProviderWriter.InsertProvider(MacProvider provider) => provider with { ProviderId = ProviderTable.Rows.InsertNew(this, provider) };

    void IProviderWriter.UpdateProvider(MacProvider provider) => ProviderTable.Rows.Update(this, provider);

    void IProviderWriter.DeleteProvider(long providerId) => ProviderTable.Rows.Delete(this, providerId);

    void IProviderWriter.SetProviderState(ProviderState state)
    {
        Connection.Prepare("DELETE FROM provider_state").Run();
        ProviderTable.State.Insert(this, state);
    }
}
