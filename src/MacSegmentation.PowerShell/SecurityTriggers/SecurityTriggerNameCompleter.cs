using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Completes security triggers by name.</summary>
internal sealed class SecurityTriggerNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) =>
        store.ListSecurityTriggers().Select(trigger => new CompletionCandidate(trigger.Name, trigger.When));
}
