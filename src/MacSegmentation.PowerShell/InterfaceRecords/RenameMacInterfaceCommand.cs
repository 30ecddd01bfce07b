using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Renaming;
using MacSegmentation.Stores;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Gives an interface record another name. Its pairs, groups, tags and profile stay, what names it gets the new one, and running enforcers follow.</summary>
[Cmdlet(VerbsCommon.Rename, "MacInterface", SupportsShouldProcess = true)]
[OutputType(typeof(MacInterface))]
public sealed class RenameMacInterfaceCommand : GroupCommitCmdlet<NamePair, MacInterface>
{
    /// <summary>The record.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("InterfaceName")]
    [InterfaceName(TakesName = true)]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its name from now on.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Named]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string NewName { get; set; } = string.Empty;

    /// <summary>Writes the renamed record.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Interface '{Name}'", $"Rename to '{NewName}'"))
        {
            Collect(new NamePair(Name, NewName));
        }
    }

    private protected override MacInterface Change(IStoreWriter writer, NamePair item) => RecordRenaming.RenameInterface(writer, item.Name, item.NewName);

    private protected override void WriteResult(NamePair item, MacInterface result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
