using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>How stores are opened by whoever changes nothing in them.</summary>
public static class StoreReading
{
    /// <summary>Opens a store that must exist; where this user may only read it, to be read only.</summary>
    /// <param name="factory">Opens stores.</param>
    /// <param name="options">The store.</param>
    /// <exception cref="MacSegmentationException">What <see cref="IMacStoreFactory.Open"/> says.</exception>
    public static IMacStore OpenToRead(this IMacStoreFactory factory, MacStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return factory.Open(options with { MustExist = true });
        }
        catch (MacSegmentationException error) when (string.Equals(error.ErrorId, "StoreReadOnly", StringComparison.Ordinal) && !options.IsReadOnly)
        {
            return factory.Open(options with { IsReadOnly = true });
        }
    }
}
