using MacSegmentation.Clients;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Clients;

/// <summary>The changes of clients of the provider service, as statements.</summary>
internal interface ISqlProviderClientWriter : ISqlProviderClientReader, IProviderClientWriter, ISqlChange
{
    MacProviderClient IProviderClientWriter.InsertProviderClient(MacProviderClient client) => client with { ClientId = ProviderClientTable.Rows.InsertNew(this, client) };

    void IProviderClientWriter.UpdateProviderClient(MacProviderClient client) => ProviderClientTable.Rows.Update(this, client);

    void IProviderClientWriter.DeleteProviderClient(long clientId) => ProviderClientTable.Rows.Delete(this, clientId);
}
