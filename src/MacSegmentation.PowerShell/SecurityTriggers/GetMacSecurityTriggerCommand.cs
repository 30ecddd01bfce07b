using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Lists security triggers, with when they last fired and at how many interfaces they are in force.</summary>
[Cmdlet(VerbsCommon.Get, "MacSecurityTrigger")]
[OutputType(typeof(MacSecurityTrigger))]
public sealed class GetMacSecurityTriggerCommand : StoreCmdlet
{
    /// <summary>Only triggers with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TriggerName")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SecurityTriggerNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Read(
                store => NameFilter.IsExact(name)
                    ? [SecurityTriggerCatalog.Get(store, name)]
                    : NameFilter.Select(store.ListSecurityTriggers(), trigger => trigger.Name, [name]),
                triggers => WriteObject(triggers, enumerateCollection: true));
        }
    }
}
