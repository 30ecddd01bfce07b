using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>A cmdlet that changes who is a member of a security group.</summary>
public abstract class SecurityGroupMemberCmdlet : GroupCommitCmdlet<GroupMembership, MacInterface>
{
    /// <summary>The groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string[] Group { get; set; } = [];

    /// <summary>The interface records.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InterfaceName", "Name")]
    [InterfaceName]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public virtual string[] Interface { get; set; } = [];

    /// <summary>Writes the interface record as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, for the question whether to do it.</summary>
    private protected abstract string Operation { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string group in Group)
        {
            foreach (string name in Interface)
            {
                if (ShouldProcess($"Interface '{name}'", $"{Operation} security group '{group}'"))
                {
                    Collect(new GroupMembership(group, name));
                }
            }
        }
    }

    private protected sealed override void WriteResult(GroupMembership item, MacInterface result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
