using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Lists rules of security groups.</summary>
[Cmdlet(VerbsCommon.Get, "MacSecurityGroupRule", DefaultParameterSetName = GroupSet)]
[OutputType(typeof(MacSecurityGroupRule))]
public sealed class GetMacSecurityGroupRuleCommand : StoreCmdlet
{
    private const string GroupSet = "Group";
    private const string IdSet = "Id";

    /// <summary>Only those of groups with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = GroupSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName", "Name")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string[] Group { get; set; } = ["*"];

    /// <summary>Only those of this direction.</summary>
    [Parameter(ParameterSetName = GroupSet)]
    [Choice<TrafficDirection>]
    [ArgumentCompleter(typeof(ChoiceCompleter<TrafficDirection>))]
    public TrafficDirection? Direction { get; set; }

    /// <summary>Only the rules with these numbers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(SecurityGroupRuleIdCompleter))]
    public long[] RuleId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long ruleId in RuleId)
        {
            Read(store => SecurityGroupCatalog.GetRule(store, ruleId), WriteObject);
        }

        if (ParameterSetName is GroupSet)
        {
            foreach (string group in Group)
            {
                Read(store => List(store, group).Where(rule => Direction is null || rule.Direction == Direction).ToArray(), rules => WriteObject(rules, enumerateCollection: true));
            }
        }
    }

    private static IEnumerable<MacSecurityGroupRule> List(IStoreReader store, string group) => NameFilter.IsExact(group)
        ? SecurityGroupCatalog.Get(store, group).Rule
        : NameFilter.Select(store.ListSecurityGroupRules(), rule => rule.GroupName, [group]);
}
