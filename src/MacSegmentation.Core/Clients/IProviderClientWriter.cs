using MacSegmentation.Transactions;

namespace MacSegmentation.Clients;

/// <summary>Writes the rows of clients.</summary>
public interface IProviderClientWriter : IProviderClientReader, IChangeTransaction
{
    /// <summary>Records a client of the provider service and returns it with its new number.</summary>
    MacProviderClient InsertProviderClient(MacProviderClient client);

    /// <summary>Records anew what a client has, by its number.</summary>
    void UpdateProviderClient(MacProviderClient client);

    /// <summary>Removes a client of the provider service.</summary>
    void DeleteProviderClient(long clientId);
}
