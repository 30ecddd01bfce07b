namespace MacSegmentation.Providers;

/// <summary>What makes a store a provider's own: whose, of which shared store, and how far it has read that one.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="CentralStoreId">Identity of the shared store.</param>
/// <param name="CentralStoreRevision">Revision of the shared store up to which its handles are known here.</param>
/// <param name="LastHandleId">Number of the last handle of that revision that is known here; the revision may be read in parts.</param>
public sealed record ProviderState(string Provider, string CentralStoreId, long CentralStoreRevision, long LastHandleId);
