using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Completes security groups by name.</summary>
internal sealed class SecurityGroupNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store.ListSecurityGroups()
        .Select(group => new CompletionCandidate(group.Name, group.Description.Length > 0 ? group.Description : $"{group.Rule.Count} rules, {group.Member.Count} members"));
}
