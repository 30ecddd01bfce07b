using System.Collections;
using System.Globalization;
using MacSegmentation.Auditing;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes revisions: the newest, with what they did.</summary>
internal sealed class RevisionCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListAuditEvents(new AuditQuery { Newest = TypedPrefix.MaxRows })
        .Reverse()
        .GroupBy(entry => entry.Revision)
        .Select(revision => new CompletionCandidate(
            revision.Key.ToString(CultureInfo.InvariantCulture), $"{revision.Last().Action} {revision.Last().Subject}{(revision.Skip(1).Any() ? " and more" : string.Empty)}"));
}
