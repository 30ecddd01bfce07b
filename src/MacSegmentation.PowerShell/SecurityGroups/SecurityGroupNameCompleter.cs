using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Completes security groups by name.</summary>
internal sealed class SecurityGroupNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListSecurityGroupNames(typed, TypedPrefix.MaxRows)
        .Select(name => new CompletionCandidate(name, $"Security group '{name}'"));
}
