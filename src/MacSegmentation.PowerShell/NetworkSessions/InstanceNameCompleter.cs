using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Completes instances by name.</summary>
internal sealed class InstanceNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListInstancesNamed(typed, TypedPrefix.MaxRows)
        .Select(instance => new CompletionCandidate(instance.Name, $"{instance.MacAddress}, profile {instance.EffectiveProfile ?? "none"}{(instance.Session is null ? string.Empty : $", session {instance.Session}")}"));
}
