using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Lists the rules that give instances profiles, in the order in which they are tried.</summary>
[Cmdlet(VerbsCommon.Get, "MacProfileRule")]
[OutputType(typeof(MacProfileRule))]
public sealed class GetMacProfileRuleCommand : StoreCmdlet
{
    /// <summary>Only the rules with these numbers.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileRuleIdCompleter))]
    public long[]? RuleId { get; set; }

    /// <summary>Only those that name such a session; wildcards allowed.</summary>
    [Parameter]
    [Named]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[]? Session { get; set; }

    /// <summary>Only those that give such a profile; wildcards allowed.</summary>
    [Parameter]
    [Alias("Profile")]
    [Named]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[]? UseProfile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var isOfSession = NameFilter.Match(Session);
        var givesProfile = NameFilter.Match(UseProfile);
        foreach (long? ruleId in RuleId is null ? [null] : RuleId.Cast<long?>())
        {
            Read(
                store => (ruleId is { } id ? [ProfileRuleCatalog.Get(store, id)] : store.ListProfileRules())
                    .Where(rule => (Session is null || (rule.Session is { } session && isOfSession(session))) && (UseProfile is null || givesProfile(rule.UseProfile))).ToArray(),
                rules => WriteObject(rules, enumerateCollection: true));
        }
    }
}
