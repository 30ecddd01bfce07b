using MacSegmentation.InterfaceRecords;
using MacSegmentation.Tags;
using MacSegmentation.Transactions;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Writes the rows of security triggers, and of what they have done.</summary>
public interface ISecurityTriggerWriter : ISecurityTriggerReader, IInterfaceWriter, IChangeTransaction
{
    /// <summary>Records a new trigger.</summary>
    void InsertSecurityTrigger(MacSecurityTrigger trigger);

    /// <summary>Records what has changed of a trigger, and when it fired; what it has done stays.</summary>
    void UpdateSecurityTrigger(MacSecurityTrigger trigger);

    /// <summary>Removes a trigger, and forgets what it has done.</summary>
    void DeleteSecurityTrigger(string name);

    /// <summary>Records what a trigger has done to an interface record, in place of what it had done before.</summary>
    void PutTriggerHold(TriggerHold hold);

    /// <summary>Forgets what a trigger has done to an interface record.</summary>
    void DeleteTriggerHold(TriggerHold hold);

    /// <inheritdoc/>
    void IInterfaceWriter.RemoveTriggersAt(string interfaceName)
    {
        foreach (string trigger in ListTriggersAt(interfaceName))
        {
            SecurityTriggerCatalog.Remove(this, trigger);
        }
    }

    /// <inheritdoc/>
    void IInterfaceWriter.ReleaseTags(string interfaceName, IReadOnlyList<MacTag> tags) => SecurityTriggerCatalog.Release(this, interfaceName, tags);
}
