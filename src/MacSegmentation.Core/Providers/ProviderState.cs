using MacSegmentation.Transactions;

namespace MacSegmentation.Providers;

/// <summary>What makes a store a provider's own: whose, of which shared store, and how far it has read that one.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="CentralStoreId">Identity of the shared store.</param>
/// <param name="CentralStoreRevision">Revision of the shared store up to which its handles are known here.</param>
/// <param name="LastHandleId">Number of the last handle of that revision that is known here; the revision may be read in parts.</param>
public sealed record ProviderState(string Provider, string CentralStoreId, long CentralStoreRevision, long LastHandleId)
{
    /// <summary>Number of the newest revision of the shared store that this store has to do with: all that counts as reported or learned here is in it.</summary>
    public long MarkRevision { get; init; }

    /// <summary>The token of that revision; empty before the first round.</summary>
    public string MarkToken { get; init; } = string.Empty;

    /// <summary>What this store and the shared one drew together when its process entered; empty before. A copy of this store has another one as soon as either enters again.</summary>
    public string Generation { get; init; } = string.Empty;

    /// <summary>What was drawn here for entries that were not seen through, in words: the shared store may have heard of each.</summary>
    public string DrawnGenerations { get; init; } = string.Empty;

    /// <summary>True while the shared store, which went back to an earlier state, is told again of all that is known here.</summary>
    public bool IsTellingAgain { get; init; }

    /// <summary>That revision of the shared store; null before the first round.</summary>
    public StoreMark? Mark => MarkToken.Length == 0 ? null : new StoreMark(MarkRevision, MarkToken);

    /// <summary>The same on another revision of the shared store.</summary>
    /// <param name="mark">The revision; null for none.</param>
    public ProviderState At(StoreMark? mark) => this with { MarkRevision = mark?.Revision ?? 0, MarkToken = mark?.Token ?? string.Empty };
}
