using System.Management.Automation;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Makes interface records members of security groups.</summary>
[Cmdlet(VerbsCommon.Add, "MacSecurityGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(MacInterface))]
public sealed class AddMacSecurityGroupMemberCommand : SecurityGroupMemberCmdlet
{
    private protected override string Operation => "Add to";

    private protected override MacInterface Change(IStoreWriter writer, GroupMembership item) =>
        SecurityGroupCatalog.AddMember(writer, item.GroupName, item.InterfaceName);
}
