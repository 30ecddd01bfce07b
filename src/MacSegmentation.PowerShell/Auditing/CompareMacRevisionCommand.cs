using System.Management.Automation;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Undoing;

namespace MacSegmentation.Auditing;

/// <summary>Says in what the store differs between two revisions, record by record and field by field.</summary>
[Cmdlet(VerbsData.Compare, "MacRevision")]
[OutputType(typeof(MacRevisionDifference))]
public sealed class CompareMacRevisionCommand : StoreCmdlet
{
    /// <summary>The one revision; 0 for the store before its first change.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateRange(0, long.MaxValue)]
    [ArgumentCompleter(typeof(RevisionCompleter))]
    public long ReferenceRevision { get; set; }

    /// <summary>The other; without it, the newest.</summary>
    [Parameter(Position = 1)]
    [ValidateRange(0, long.MaxValue)]
    [ArgumentCompleter(typeof(RevisionCompleter))]
    public long? DifferenceRevision { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Read(
        store => RevisionComparison.Compare(store, ReferenceRevision, DifferenceRevision ?? store.Revision), differences => WriteObject(differences, enumerateCollection: true));
}
