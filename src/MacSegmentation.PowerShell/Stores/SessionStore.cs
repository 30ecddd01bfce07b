namespace MacSegmentation.Stores;

/// <summary>A store that a session has open.</summary>
/// <param name="Store">The store.</param>
/// <param name="Options">How it was opened, for whoever needs it open once more. May hold a password.</param>
internal sealed record SessionStore(IMacStore Store, MacStoreOptions Options)
{
    /// <inheritdoc/>
    public override string ToString() => Store.Info.Path;
}
