using System.Management.Automation;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Undoing;

namespace MacSegmentation.Auditing;

/// <summary>Takes a change back, as far as that can be, and says of each record what became of it.</summary>
[Cmdlet(VerbsCommon.Undo, "MacChange", SupportsShouldProcess = true)]
[OutputType(typeof(MacUndoStep))]
public sealed class UndoMacChangeCommand : ChangeCmdlet
{
    /// <summary>The revision that the change made.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, long.MaxValue)]
    [ArgumentCompleter(typeof(RevisionCompleter))]
    public long Revision { get; set; }

    /// <summary>Puts back records, too, that were changed since.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (IsWhatIf)
            {
                var store = Store;
                var token = StopToken;
                var steps = Await(() => ChangeUndo.Preview(store, Revision, Force, token), "Working out what can be taken back");
                ShouldProcess(store.Info.Path, $"Put back {steps.Count(step => step.IsUndone)} of {steps.Count} records that revision {Revision} changed");
                WriteObject(steps, enumerateCollection: true);
            }
            else if (ShouldProcess(Store.Info.Path, $"Take back what revision {Revision} changed"))
            {
                var steps = Change((store, stopping) => store.WriteStoppable(writer => ChangeUndo.Run(writer, Revision, Force), stopping));
                WriteObject(steps, enumerateCollection: true);
                if (steps.Count(step => !step.IsUndone) is > 0 and var left)
                {
                    WriteWarning($"{left} of the {steps.Count} records that revision {Revision} changed are not put back. IsUndone and Reason of what was written say which and why.");
                }
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }
}
