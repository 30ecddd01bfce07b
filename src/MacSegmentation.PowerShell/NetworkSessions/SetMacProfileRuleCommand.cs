using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Suspends rules that give instances profiles while a condition is met, or makes them active again, as after they fought.</summary>
[Cmdlet(VerbsCommon.Set, "MacProfileRule", SupportsShouldProcess = true)]
[OutputType(typeof(MacProfileRule))]
public sealed class SetMacProfileRuleCommand : GroupCommitCmdlet<long, MacProfileRule>
{
    /// <summary>The rules' numbers, as Get-MacProfileRule shows them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileRuleIdCompleter))]
    public long[] RuleId { get; set; } = [];

    /// <summary>Whether they are tried from now on.</summary>
    [Parameter(Mandatory = true)]
    [Choice<ProfileRuleState>]
    [ArgumentCompleter(typeof(ChoiceCompleter<ProfileRuleState>))]
    public ProfileRuleState State { get; set; }

    /// <summary>Writes the rules as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long ruleId in RuleId)
        {
            Read(store => ProfileRuleCatalog.Get(store, ruleId), rule =>
            {
                if (ShouldProcess($"Profile rule {ruleId}: {ProfileRuleCatalog.Describe(rule)}", $"Set the state from {rule.State} to {State}"))
                {
                    Collect(ruleId);
                }
            });
        }
    }

    private protected override MacProfileRule Change(IStoreWriter writer, long item) => ProfileRuleCatalog.SetState(writer, item, State);

    private protected override void WriteResult(long item, MacProfileRule result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
