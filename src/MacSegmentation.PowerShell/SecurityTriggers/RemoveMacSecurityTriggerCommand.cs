using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Removes security triggers, and takes back what they have done.</summary>
[Cmdlet(VerbsCommon.Remove, "MacSecurityTrigger", SupportsShouldProcess = true)]
[OutputType(typeof(MacSecurityTrigger))]
public sealed class RemoveMacSecurityTriggerCommand : GroupCommitCmdlet<string, MacSecurityTrigger>
{
    /// <summary>The triggers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TriggerName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SecurityTriggerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Leaves the tags of interface records as they are, until somebody changes them.</summary>
    [Parameter]
    public SwitchParameter KeepTag { get; set; }

    /// <summary>Writes the triggers as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Read(store => SecurityTriggerCatalog.Get(store, name), trigger =>
            {
                string what = trigger.InForce == 0 ? "Remove" : $"Remove, and {(KeepTag ? "leave the tags" : "take back what it did to the tags")} of {trigger.InForce} interfaces";
                if (ShouldProcess($"Security trigger '{trigger.Name}'", what))
                {
                    Collect(name);
                }
            });
        }
    }

    private protected override MacSecurityTrigger Change(IStoreWriter writer, string item) => SecurityTriggerCatalog.Remove(writer, item, KeepTag);

    private protected override void WriteResult(string item, MacSecurityTrigger result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
