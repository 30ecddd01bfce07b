using MacSegmentation.Errors;

namespace MacSegmentation.Providers;

/// <summary>What may be done in a shared store only, and not past a provider in the store that is its own.</summary>
public static class SharedStore
{
    /// <summary>Refuses a provider's own store: who may have an address is for the provider to say, which also tells the shared store.</summary>
    /// <param name="store">The transaction.</param>
    /// <exception cref="MacSegmentationException">StoreOfProvider.</exception>
    public static void Require(IProviderReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.FindProviderState() is { } state)
        {
            throw new MacSegmentationException(
                "StoreOfProvider",
                MacErrorKind.InvalidOperation,
                $"This store is provider '{state.Provider}'s own. Ask its service with -Uri, or connect to the shared store with Connect-MacStore.",
                state.Provider);
        }
    }
}
