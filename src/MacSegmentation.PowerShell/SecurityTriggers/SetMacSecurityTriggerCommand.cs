using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Partitions;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Changes security triggers. What they have done already stays for its time.</summary>
[Cmdlet(VerbsCommon.Set, "MacSecurityTrigger", SupportsShouldProcess = true)]
[OutputType(typeof(MacSecurityTrigger))]
public sealed class SetMacSecurityTriggerCommand : GroupCommitCmdlet<NamedTriggerChange, Warned<MacSecurityTrigger>>
{
    private const string Any = "*";

    /// <summary>The triggers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TriggerName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SecurityTriggerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>When they fire from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(TriggerConditionCompleter))]
    public string? When { get; set; }

    /// <summary>All tags that a record gets from now on; an empty list for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? AddTag { get; set; }

    /// <summary>All tags that it loses from now on; an empty list for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? RemoveTag { get; set; }

    /// <summary>How long from now on; 0 until somebody lifts it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Seconds(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan? For { get; set; }

    /// <summary>Watches only the records of this partition from now on; * for all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string? Partition { get; set; }

    /// <summary>Watches only this record from now on; * for all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string? Interface { get; set; }

    /// <summary>Whether they only say what they would do from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsDryRun")]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? DryRun { get; set; }

    /// <summary>Whether they do not fire from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsDisabled")]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? Disabled { get; set; }

    /// <summary>Writes the changed triggers.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var change = new SecurityTriggerChange
        {
            When = When,
            AddTag = AddTag,
            RemoveTag = RemoveTag,
            For = For,
            Partition = Scope(Partition),
            Interface = Scope(Interface),
            IsDryRun = DryRun,
            IsDisabled = Disabled,
        };
        var wanted = new WantedValues<MacSecurityTrigger>(
            new(nameof(When), trigger => trigger.When, When),
            new(nameof(AddTag), trigger => trigger.AddTag, AddTag),
            new(nameof(RemoveTag), trigger => trigger.RemoveTag, RemoveTag),
            new(nameof(For), trigger => trigger.For ?? TimeSpan.Zero, For),
            new(nameof(Partition), trigger => trigger.Partition ?? Any, Partition),
            new(nameof(Interface), trigger => trigger.Interface ?? Any, Interface),
            new(nameof(DryRun), trigger => trigger.IsDryRun, DryRun) { Shown = nameof(MacSecurityTrigger.IsDryRun) },
            new(nameof(Disabled), trigger => trigger.IsDisabled, Disabled) { Shown = nameof(MacSecurityTrigger.IsDisabled) });
        foreach (string name in Name)
        {
            if (MayChange($"Security trigger '{name}'", name, wanted, store => SecurityTriggerCatalog.Get(store, name)))
            {
                Collect(new NamedTriggerChange(name, change));
            }
        }
    }

    private static string? Scope(string? given) => string.Equals(given, Any, StringComparison.Ordinal) ? string.Empty : given;

    private protected override Warned<MacSecurityTrigger> Change(IStoreWriter writer, NamedTriggerChange item)
    {
        var trigger = SecurityTriggerCatalog.Change(writer, item.Name, item.Change);
        return new Warned<MacSecurityTrigger>(trigger, [.. TriggerWarnings.OfTags(writer, trigger)]);
    }

    private protected override void WriteResult(NamedTriggerChange item, Warned<MacSecurityTrigger> result)
    {
        var changed = result.Tell(this);
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
