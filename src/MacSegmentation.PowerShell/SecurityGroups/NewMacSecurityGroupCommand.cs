using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Creates a security group, without rules and members.</summary>
[Cmdlet(VerbsCommon.New, "MacSecurityGroup", SupportsShouldProcess = true)]
[OutputType(typeof(MacSecurityGroup))]
public sealed class NewMacSecurityGroupCommand : GroupCommitCmdlet<MacSecurityGroup, MacSecurityGroup>
{
    /// <summary>Its name, unique in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>What it is for.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Description { get; set; } = string.Empty;

    /// <summary>Has replies to an admitted flow need a rule of their own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsStateless")]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter Stateless { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Security group '{Name}'", Stateless ? "Create without state" : "Create"))
        {
            Collect(new MacSecurityGroup { Name = Name, Description = Description ?? string.Empty, IsStateless = Stateless });
        }
    }

    private protected override MacSecurityGroup Change(IStoreWriter writer, MacSecurityGroup item) =>
        SecurityGroupCatalog.Create(writer, item.Name, item.Description, item.IsStateless);

    private protected override void WriteResult(MacSecurityGroup item, MacSecurityGroup result) => WriteObject(result);
}
