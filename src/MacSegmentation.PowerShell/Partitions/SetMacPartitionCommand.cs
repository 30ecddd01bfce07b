using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>Changes which interface records are in a partition, and what its policies count.</summary>
[Cmdlet(VerbsCommon.Set, "MacPartition", SupportsShouldProcess = true)]
[OutputType(typeof(MacPartition))]
public sealed class SetMacPartitionCommand : GroupCommitCmdlet<NamedPartitionChange, Warned<MacPartition>>
{
    /// <summary>The partitions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PartitionName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>All that a record's tags must have in them from now on; an empty list for nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? Tag { get; set; }

    /// <summary>All that a record must lack from now on; an empty list for nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Tag]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? NotTag { get; set; }

    /// <summary>Whether a record must have all of the tags, or one, from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<PartitionMatch>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<PartitionMatch>))]
    public PartitionMatch? Match { get; set; }

    /// <summary>What its policies count against those of others from now on, 0 to 65,535.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Priority { get; set; }

    /// <summary>Whether its policies are counted only, and decide nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsStaged")]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? Staged { get; set; }

    /// <summary>Writes the changed partition.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var change = new PartitionChange { Tag = Tag, NotTag = NotTag, Match = Match, Priority = Priority, IsStaged = Staged };
        var wanted = new WantedValues<MacPartition>(
            new(nameof(Tag), partition => partition.Tag, Tag),
            new(nameof(NotTag), partition => partition.NotTag, NotTag),
            new(nameof(Match), partition => partition.Match, Match),
            new(nameof(Priority), partition => partition.Priority, Priority),
            new(nameof(Staged), partition => partition.IsStaged, Staged) { Shown = nameof(MacPartition.IsStaged) });
        foreach (string name in Name)
        {
            if (MayChange($"Partition '{name}'", name, wanted, store => PartitionCatalog.Get(store, name)))
            {
                Collect(new NamedPartitionChange(name, change));
            }
        }
    }

    private protected override Warned<MacPartition> Change(IStoreWriter writer, NamedPartitionChange item)
    {
        var partition = PartitionCatalog.Change(writer, item.Name, item.Change);
        return new Warned<MacPartition>(partition, [.. PartitionWarnings.OfMembers(writer, partition)]);
    }

    private protected override void WriteResult(NamedPartitionChange item, Warned<MacPartition> result)
    {
        var changed = result.Tell(this);
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
