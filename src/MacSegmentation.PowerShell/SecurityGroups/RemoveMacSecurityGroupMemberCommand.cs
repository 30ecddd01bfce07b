using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Takes interface records out of security groups.</summary>
[Cmdlet(VerbsCommon.Remove, "MacSecurityGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(MacInterface))]
public sealed class RemoveMacSecurityGroupMemberCommand : SecurityGroupMemberCmdlet
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InterfaceName", "Name")]
    [InterfaceName]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SecurityGroupMemberCompleter))]
    public override string[] Interface { get; set; } = [];

    private protected override string Operation => "Remove from";

    private protected override MacInterface Change(IStoreWriter writer, GroupMembership item) =>
        SecurityGroupCatalog.RemoveMember(writer, item.GroupName, item.InterfaceName);
}
