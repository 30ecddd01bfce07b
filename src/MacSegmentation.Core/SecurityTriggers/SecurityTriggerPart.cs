using MacSegmentation.Documents;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Which security triggers stay, go and are made. One that goes is lifted; one that stays keeps what it has done.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="triggers">The triggers of the document.</param>
internal sealed class SecurityTriggerPart(ISecurityTriggerWriter store, DocumentCursor cursor, DocumentList<SecurityTriggerConfiguration> triggers) : IDocumentPart
{
    /// <inheritdoc/>
    public void Check()
    {
        var names = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        cursor.ForEach(triggers, trigger => cursor.RequireFirst(names, trigger.Name, "name", $"Security trigger '{trigger.Name}'"));
    }

    /// <summary>Removes what is not named; a name that is spelled otherwise is another's.</summary>
    public void Clear()
    {
        var wanted = triggers.Items.Select(trigger => trigger.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var existing in store.ListSecurityTriggers().Where(existing => !wanted.Contains(existing.Name)))
        {
            SecurityTriggerCatalog.Remove(store, existing.Name);
        }
    }

    /// <summary>Makes the triggers, when the interface records and partitions that they name are there.</summary>
    public void Complete() => cursor.ForEach(triggers, trigger =>
    {
        if (store.FindSecurityTrigger(trigger.Name) is null)
        {
            SecurityTriggerCatalog.Add(store, new SecurityTriggerRequest
            {
                Name = trigger.Name,
                When = trigger.When,
                AddTag = trigger.AddTags,
                RemoveTag = trigger.RemoveTags,
                For = trigger.For,
                Partition = trigger.Partition,
                Interface = trigger.Interface,
                IsDryRun = trigger.IsDryRun,
                IsDisabled = trigger.IsDisabled,
            });
            return;
        }

        SecurityTriggerCatalog.Change(store, trigger.Name, new SecurityTriggerChange
        {
            When = trigger.When,
            AddTag = trigger.AddTags,
            RemoveTag = trigger.RemoveTags,
            For = trigger.For ?? TimeSpan.Zero,
            Partition = trigger.Partition ?? string.Empty,
            Interface = trigger.Interface ?? string.Empty,
            IsDryRun = trigger.IsDryRun,
            IsDisabled = trigger.IsDisabled,
        });
    });
}
