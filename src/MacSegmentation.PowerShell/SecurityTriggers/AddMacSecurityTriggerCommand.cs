using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Partitions;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Adds a security trigger: what enforcers count at the port of an interface tags its record, for a time or until somebody lifts it.</summary>
[Cmdlet(VerbsCommon.Add, "MacSecurityTrigger", SupportsShouldProcess = true)]
[OutputType(typeof(MacSecurityTrigger))]
public sealed class AddMacSecurityTriggerCommand : GroupCommitCmdlet<SecurityTriggerRequest, Warned<MacSecurityTrigger>>
{
    /// <summary>Its name, unique in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TriggerName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>When it fires, such as <c>Denials &gt; 50 within 10s</c>.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Text]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(TriggerConditionCompleter))]
    public string When { get; set; } = string.Empty;

    /// <summary>Tags that the record gets.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? AddTag { get; set; }

    /// <summary>Tags that it loses.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? RemoveTag { get; set; }

    /// <summary>How long; none, or 0, until somebody lifts it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Seconds(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan? For { get; set; }

    /// <summary>Watches only the records of this partition.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string? Partition { get; set; }

    /// <summary>Watches only this record.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string? Interface { get; set; }

    /// <summary>Has it only say what it would do.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsDryRun")]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Has it not fire yet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsDisabled")]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Security trigger '{Name}'", $"Add, when {When}"))
        {
            Collect(new SecurityTriggerRequest
            {
                Name = Name,
                When = When,
                AddTag = AddTag ?? [],
                RemoveTag = RemoveTag ?? [],
                For = For,
                Partition = Partition,
                Interface = Interface,
                IsDryRun = DryRun,
                IsDisabled = Disabled,
            });
        }
    }

    private protected override Warned<MacSecurityTrigger> Change(IStoreWriter writer, SecurityTriggerRequest item)
    {
        var trigger = SecurityTriggerCatalog.Add(writer, item);
        return new Warned<MacSecurityTrigger>(trigger, [.. TriggerWarnings.OfTags(writer, trigger)]);
    }

    private protected override void WriteResult(SecurityTriggerRequest item, Warned<MacSecurityTrigger> result) => WriteObject(result.Tell(this));
}
