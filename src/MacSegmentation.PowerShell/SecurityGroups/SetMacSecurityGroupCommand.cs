using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Renames a security group or describes it otherwise. Its members, its rules and the rules that name it stay.</summary>
[Cmdlet(VerbsCommon.Set, "MacSecurityGroup", SupportsShouldProcess = true)]
[OutputType(typeof(MacSecurityGroup))]
public sealed class SetMacSecurityGroupCommand : GroupCommitCmdlet<SecurityGroupChange, MacSecurityGroup>
{
    /// <summary>The group.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [Named]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its name from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? NewName { get; set; }

    /// <summary>What it is for from now on; empty for nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Description { get; set; }

    /// <summary>Writes the changed group.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // An empty cell is a name that is not given.
        string? newName = string.IsNullOrEmpty(NewName) ? null : NewName;
        var wanted = new WantedValues<MacSecurityGroup>(
            new(nameof(NewName), group => group.Name, newName) { Shown = nameof(Name) },
            new(nameof(Description), group => group.Description, Description));
        if (MayChange($"Security group '{Name}'", Name, wanted, store => SecurityGroupCatalog.Get(store, Name)))
        {
            Collect(new SecurityGroupChange(Name, newName, Description));
        }
    }

    private protected override MacSecurityGroup Change(IStoreWriter writer, SecurityGroupChange item) => SecurityGroupCatalog.Change(writer, item.Name, item.NewName, item.Description);

    private protected override void WriteResult(SecurityGroupChange item, MacSecurityGroup result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
