using System.Collections;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Completes sessions by name.</summary>
internal sealed class SessionNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListSessions()
        .Where(session => IsOfBoundVlan(bound, session.VlanId))
        .Select(session => new CompletionCandidate(session.Name, $"{session.Instances} instances in VLAN {session.VlanId}, profile {session.DefaultProfile ?? "none"}"));
}
