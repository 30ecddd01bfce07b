using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Lists security groups with their rules and members.</summary>
[Cmdlet(VerbsCommon.Get, "MacSecurityGroup")]
[OutputType(typeof(MacSecurityGroup))]
public sealed class GetMacSecurityGroupCommand : StoreCmdlet
{
    /// <summary>Only groups with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Read(
                store => NameFilter.IsExact(name)
                    ? [SecurityGroupCatalog.Get(store, name)]
                    : NameFilter.Select(store.ListSecurityGroups(), group => group.Name, [name]),
                groups => WriteObject(groups, enumerateCollection: true));
        }
    }
}
