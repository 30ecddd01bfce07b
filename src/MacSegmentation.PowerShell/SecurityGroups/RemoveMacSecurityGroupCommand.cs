using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Removes security groups with their rules.</summary>
[Cmdlet(VerbsCommon.Remove, "MacSecurityGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacSecurityGroup))]
public sealed class RemoveMacSecurityGroupCommand : GroupCommitCmdlet<string, MacSecurityGroup>
{
    /// <summary>The groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Also if a group has members or is named by rules of other groups; members leave it, and those rules go. Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the group as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            // Nobody is asked to confirm what would then be refused.
            Read(reader => SecurityGroupCatalog.GetRemovable(reader, name, Force), group =>
            {
                if (MayDestroy($"Security group '{group.Name}'", Force ? "Remove with its rules, its members' places in it and the rules that name it" : "Remove with its rules", Force))
                {
                    Collect(name);
                }
            });
        }
    }

    private protected override MacSecurityGroup Change(IStoreWriter writer, string item) => SecurityGroupCatalog.Remove(writer, item, Force);

    private protected override void WriteResult(string item, MacSecurityGroup result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
