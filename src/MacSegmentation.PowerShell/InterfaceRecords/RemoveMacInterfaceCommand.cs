using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Removes interface records with their address pairs and memberships.</summary>
[Cmdlet(VerbsCommon.Remove, "MacInterface", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacInterface))]
public sealed class RemoveMacInterfaceCommand : GroupCommitCmdlet<string, MacInterface>
{
    /// <summary>The records.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InterfaceName")]
    [InterfaceName]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Also if an enforcer uses the record for a port. Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the record as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            // Nobody is asked to confirm what would then be refused.
            Read(reader => InterfaceCatalog.GetRemovable(reader, name, Force), record =>
            {
                if (MayDestroy($"Interface '{record.Name}'", "Remove with its address pairs and memberships", Force))
                {
                    Collect(name);
                }
            });
        }
    }

    private protected override MacInterface Change(IStoreWriter writer, string item) => InterfaceCatalog.Remove(writer, item, Force);

    private protected override void WriteResult(string item, MacInterface result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
