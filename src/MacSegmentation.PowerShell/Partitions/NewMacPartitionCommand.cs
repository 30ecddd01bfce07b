using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>Creates a partition: the interface records that have certain tags.</summary>
[Cmdlet(VerbsCommon.New, "MacPartition", SupportsShouldProcess = true)]
[OutputType(typeof(MacPartition))]
public sealed class NewMacPartitionCommand : GroupCommitCmdlet<PartitionRequest, Warned<MacPartition>>
{
    /// <summary>Its name, unique in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PartitionName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>What a record's tags must have in them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? Tag { get; set; }

    /// <summary>What a record must lack.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? NotTag { get; set; }

    /// <summary>Whether a record must have all of the tags, or one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<PartitionMatch>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<PartitionMatch>))]
    public PartitionMatch? Match { get; set; }

    /// <summary>What its policies count against those of others, 0 to 65,535.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Priority { get; set; }

    /// <summary>Its number, 1 to 65,535; none for the lowest that is free.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Id { get; set; }

    /// <summary>Has its policies counted, and decide nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsStaged")]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter Staged { get; set; }

    /// <summary>Takes a number that a removed partition had a short time ago.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Partition '{Name}'", "Create"))
        {
            Collect(new PartitionRequest
            {
                Name = Name,
                Id = Id,
                TakesRetiredId = Force,
                Priority = Priority ?? MacPartition.DefaultPriority,
                Match = Match ?? PartitionMatch.All,
                Tag = Tag ?? [],
                NotTag = NotTag ?? [],
                IsStaged = Staged,
            });
        }
    }

    private protected override Warned<MacPartition> Change(IStoreWriter writer, PartitionRequest item)
    {
        var retired = item.Id is { } id ? PartitionCatalog.FindRetired(writer, id) : null;
        var partition = PartitionCatalog.Create(writer, item);
        return new Warned<MacPartition>(partition, [.. PartitionWarnings.OfNumber(retired), .. PartitionWarnings.OfMembers(writer, partition)]);
    }

    private protected override void WriteResult(PartitionRequest item, Warned<MacPartition> result)
    {
        WriteObject(result.Tell(this));
    }
}
