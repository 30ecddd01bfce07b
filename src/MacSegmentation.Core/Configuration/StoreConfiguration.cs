using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>The document that a store equals.</summary>
public static class StoreConfiguration
{
    /// <summary>The document that a store equals: everything explicit and in ascending sequence, so that equal stores give equal texts.</summary>
    /// <param name="store">The transaction.</param>
    public static MacConfiguration Read(IStoreReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return MacConfiguration.Read(store);
    }
}
