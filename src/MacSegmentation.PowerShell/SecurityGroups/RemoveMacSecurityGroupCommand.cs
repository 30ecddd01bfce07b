using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Removes security groups with their rules.</summary>
[Cmdlet(VerbsCommon.Remove, "MacSecurityGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacSecurityGroup))]
public sealed class RemoveMacSecurityGroupCommand : RemovalCmdlet<string, MacSecurityGroup>
{
    /// <summary>The groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected override string Action => Force ? "Remove with its rules, its members' places in it and the rules that name it" : "Remove with its rules";

    /// <inheritdoc/>
    protected override void ProcessRecord() => Remove(Name);

    private protected override MacSecurityGroup GetRemovable(IStoreReader store, string key) => SecurityGroupCatalog.GetRemovable(store, key, Force);

    private protected override string Describe(MacSecurityGroup record) => $"Security group '{record.Name}'";

    private protected override MacSecurityGroup Change(IStoreWriter writer, string item) => SecurityGroupCatalog.Remove(writer, item, Force);
}
