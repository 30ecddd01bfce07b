using System.Management.Automation;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Removes rules of security groups.</summary>
[Cmdlet(VerbsCommon.Remove, "MacSecurityGroupRule", SupportsShouldProcess = true)]
[OutputType(typeof(MacSecurityGroupRule))]
public sealed class RemoveMacSecurityGroupRuleCommand : GroupCommitCmdlet<long, MacSecurityGroupRule>
{
    /// <summary>The rules' numbers, as Get-MacSecurityGroupRule shows them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SecurityGroupRuleIdCompleter))]
    public long[] RuleId { get; set; } = [];

    /// <summary>Writes the rules as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long ruleId in RuleId)
        {
            if (ShouldProcess($"Security group rule {ruleId}", "Remove"))
            {
                Collect(ruleId);
            }
        }
    }

    private protected override MacSecurityGroupRule Change(IStoreWriter writer, long item) => SecurityGroupCatalog.RemoveRule(writer, item);

    private protected override void WriteResult(long item, MacSecurityGroupRule result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
