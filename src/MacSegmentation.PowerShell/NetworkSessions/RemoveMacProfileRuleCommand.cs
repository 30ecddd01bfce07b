using System.Management.Automation;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Removes rules that give instances profiles. Instances keep what they have.</summary>
[Cmdlet(VerbsCommon.Remove, "MacProfileRule", SupportsShouldProcess = true)]
[OutputType(typeof(MacProfileRule))]
public sealed class RemoveMacProfileRuleCommand : GroupCommitCmdlet<long, MacProfileRule>
{
    /// <summary>The rules' numbers, as Get-MacProfileRule shows them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileRuleIdCompleter))]
    public long[] RuleId { get; set; } = [];

    /// <summary>Writes the rules as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long ruleId in RuleId)
        {
            Read(store => ProfileRuleCatalog.Get(store, ruleId), rule =>
            {
                if (ShouldProcess($"Profile rule {ruleId}: {ProfileRuleCatalog.Describe(rule)}", "Remove"))
                {
                    Collect(ruleId);
                }
            });
        }
    }

    private protected override MacProfileRule Change(IStoreWriter writer, long item) => ProfileRuleCatalog.Remove(writer, item);

    private protected override void WriteResult(long item, MacProfileRule result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
