using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Removes sessions; those that have instances or rules by force only, and these with them.</summary>
[Cmdlet(VerbsCommon.Remove, "MacSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacSession))]
public sealed class RemoveMacSessionCommand : GroupCommitCmdlet<string, RemovedSession>
{
    /// <summary>The sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Does not ask, and ends instances and rules with the session.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the sessions as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            // Nobody is asked to confirm what would then be refused; the transaction that removes looks once more.
            Read(store => SessionCatalog.GetRemovable(store, name, Force), removed =>
            {
                if (MayDestroy($"Session '{removed.Session.Name}'", removed.Described.Length == 0 ? "Remove" : $"Remove, and end {removed.Described}", Force))
                {
                    Collect(name);
                }
            });
        }
    }

    private protected override RemovedSession Change(IStoreWriter writer, string item) => SessionCatalog.Remove(writer, item, Force);

    private protected override void WriteResult(string item, RemovedSession result)
    {
        if (result.Described.Length > 0)
        {
            WriteVerbose($"Session '{result.Session.Name}': removed with {result.Described}.");
        }

        if (PassThru)
        {
            WriteObject(result.Session);
        }
    }
}
