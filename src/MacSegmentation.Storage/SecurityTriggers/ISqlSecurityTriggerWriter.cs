using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.SecurityTriggers;

/// <summary>The changes of security triggers, as statements.</summary>
internal interface ISqlSecurityTriggerWriter : ISqlSecurityTriggerReader, ISecurityTriggerWriter, ISqlInterfaceWriter, ISqlChange
{
    void ISecurityTriggerWriter.InsertSecurityTrigger(MacSecurityTrigger trigger)
    {
        SecurityTriggerTable.Rows.Insert(this, trigger);
        MarkTriggersChanged();
    }

    void ISecurityTriggerWriter.UpdateSecurityTrigger(MacSecurityTrigger trigger)
    {
        SecurityTriggerTable.Rows.Update(this, trigger);
        MarkTriggersChanged();
    }

    void ISecurityTriggerWriter.DeleteSecurityTrigger(string name)
    {
        Connection.Prepare("DELETE FROM security_trigger WHERE name_key = ?").Bind(1, NameKeys.Of(name)).Run();
        MarkTriggersChanged();
    }

    void ISecurityTriggerWriter.PutTriggerHold(TriggerHold hold)
    {
        Delete(hold);
        SecurityTriggerTable.Holds.Insert(this, hold);
        MarkTriggersChanged();
    }

    void ISecurityTriggerWriter.DeleteTriggerHold(TriggerHold hold)
    {
        Delete(hold);
        MarkTriggersChanged();
    }

    private void Delete(TriggerHold hold) =>
        Connection.Prepare(SecurityTriggerTable.DeleteHold).Bind(1, NameKeys.Of(hold.Trigger)).Bind(2, NameKeys.Of(hold.Interface)).Run();

    private void MarkTriggersChanged() => Connection.Prepare("UPDATE trigger_change SET revision = ?").Bind(1, NewRevision).Run();
}
