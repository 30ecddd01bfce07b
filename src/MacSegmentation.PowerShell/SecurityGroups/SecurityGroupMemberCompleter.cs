using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Completes interface records by name: the members of the security group that was given, or of any.</summary>
internal sealed class SecurityGroupMemberCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListInterfacesNamed(typed, TypedPrefix.MaxRows)
        .Where(record => BoundName(bound, "Group") is { } group ? record.SecurityGroup.Contains(group, StringComparer.OrdinalIgnoreCase) : record.SecurityGroup.Count > 0)
        .Select(record => new CompletionCandidate(record.Name, $"Member of {string.Join(", ", record.SecurityGroup)}"));
}
