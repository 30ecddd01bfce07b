using System.Collections;
using System.Globalization;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Completes rules of security groups by their number.</summary>
internal sealed class SecurityGroupRuleIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListSecurityGroupRules()
        .Select(rule => new CompletionCandidate(rule.RuleId.ToString(CultureInfo.InvariantCulture), $"{rule.GroupName}: {rule}"));
}
