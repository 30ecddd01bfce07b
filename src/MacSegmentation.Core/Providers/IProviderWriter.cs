using MacSegmentation.Transactions;

namespace MacSegmentation.Providers;

/// <summary>Writes the rows of providers.</summary>
public interface IProviderWriter : IProviderReader, IChangeTransaction
{
    /// <summary>Records a provider and returns it with its new number.</summary>
    MacProvider InsertProvider(MacProvider provider);

    /// <summary>Records a provider anew, by its number, but for when it was seen. Which store is its own it binds itself to, which needs no audit entry.</summary>
    void UpdateProvider(MacProvider provider);

    /// <summary>Removes a provider with the signs of its closed blocks.</summary>
    void DeleteProvider(long providerId);

    /// <summary>Records whose the store is. A note for the provider itself, not a change: it needs no audit entry.</summary>
    void SetProviderState(ProviderState state);
}
