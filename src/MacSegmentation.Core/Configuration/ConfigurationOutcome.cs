using MacSegmentation.Auditing;

namespace MacSegmentation.Configuration;

/// <summary>What came of making a store equal to a document. The changes themselves, of which there may be millions, stand in the store's audit.</summary>
public sealed record ConfigurationOutcome
{
    /// <summary>False if the store would have lost something, and was left as it was.</summary>
    public required bool IsApplied { get; init; }

    /// <summary>How many changes there are of each kind.</summary>
    public required IReadOnlyDictionary<AuditAction, long> Count { get; init; }

    /// <summary>Number of the audit event before the first change.</summary>
    public required long AfterAuditId { get; init; }

    /// <summary>Number of the last change's audit event; the one before the first if nothing was changed.</summary>
    public required long LastAuditId { get; init; }

    /// <summary>How many things of each kind the store would lose: what the document does not name.</summary>
    public IEnumerable<KeyValuePair<AuditAction, long>> Loss => Count.Where(kind => ConfigurationChange.IsLoss(kind.Key));
}
