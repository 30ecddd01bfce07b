using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Renaming;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Gives an instance another name: its allocations, handles and interface records, and the record or the instance of a session that is called like it, in one transaction.</summary>
[Cmdlet(VerbsCommon.Rename, "MacInstance", SupportsShouldProcess = true)]
[OutputType(typeof(RenamedInstance))]
public sealed class RenameMacInstanceCommand : GroupCommitCmdlet<NamePair, RenamedInstance>
{
    /// <summary>The instance: the name or id of a virtual machine, a container, a device.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "Name")]
    [Named]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string InstanceId { get; set; } = string.Empty;

    /// <summary>Its name from now on, which no other instance has.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Named]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string NewName { get; set; } = string.Empty;

    /// <summary>Writes what went with it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Instance '{InstanceId}'", $"Rename to '{NewName}'"))
        {
            Collect(new NamePair(InstanceId, NewName));
        }
    }

    private protected override RenamedInstance Change(IStoreWriter writer, NamePair item) => RecordRenaming.RenameInstance(writer, item.Name, item.NewName);

    private protected override void WriteResult(NamePair item, RenamedInstance result)
    {
        WriteVerbose($"Renamed '{result.FormerId}' to '{result.InstanceId}' in {result.Allocations} allocations, {result.Interfaces} interface records and {result.Handles} handles.");
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
