using System.Collections;
using System.Globalization;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Completes rules by their number.</summary>
internal sealed class ProfileRuleIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListProfileRules()
        .Select(rule => new CompletionCandidate(rule.RuleId.ToString(CultureInfo.InvariantCulture), ProfileRuleCatalog.Describe(rule)));
}
