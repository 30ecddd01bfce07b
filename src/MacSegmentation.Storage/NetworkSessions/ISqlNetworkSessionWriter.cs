using MacSegmentation.NetworkSessions;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.NetworkSessions;

/// <summary>The changes of sessions, instances and rules, as statements. Whose instance a record is the snapshots learn from the record.</summary>
internal interface ISqlNetworkSessionWriter : ISqlNetworkSessionReader, INetworkSessionWriter, ISqlInterfaceWriter, ISqlChange
{
    void INetworkSessionWriter.InsertSession(MacSession session)
    {
        SessionTable.Rows.Insert(this, session);
        MarkSessionsChanged();
    }

    void INetworkSessionWriter.UpdateSession(MacSession session)
    {
        SessionTable.Rows.Update(this, session);
        MarkSessionsChanged();
    }

    void INetworkSessionWriter.DeleteSession(string name)
    {
        Connection.Prepare("DELETE FROM network_session WHERE name_key = ?").Bind(1, NameKeys.Of(name)).Run();
        MarkSessionsChanged();
    }

    void INetworkSessionWriter.InsertInstance(MacInstance instance)
    {
        SessionTable.Instances.Insert(this, instance);
        InterfaceChildren.MarkChanged(this, instance.InterfaceId);
    }

    void INetworkSessionWriter.UpdateInstance(MacInstance instance)
    {
        SessionTable.Instances.Update(this, instance);
        InterfaceChildren.MarkChanged(this, instance.InterfaceId);
    }

    void INetworkSessionWriter.DeleteInstance(MacInstance instance)
    {
        SessionTable.Instances.Delete(this, instance.InterfaceId);
        InterfaceChildren.MarkChanged(this, instance.InterfaceId);
    }

    MacProfileRule INetworkSessionWriter.InsertProfileRule(MacProfileRule rule)
    {
        var stored = rule with { RuleId = SessionTable.Rules.InsertNew(this, rule) };
        MarkSessionsChanged();
        return stored;
    }

    void INetworkSessionWriter.UpdateProfileRule(MacProfileRule rule)
    {
        SessionTable.Rules.Update(this, rule);
        MarkSessionsChanged();
    }

    void INetworkSessionWriter.DeleteProfileRule(long ruleId)
    {
        SessionTable.Rules.Delete(this, ruleId);
        MarkSessionsChanged();
    }

    void INetworkSessionWriter.InsertAdjustment(ProfileAdjustment adjustment)
    {
        SessionTable.Adjustments.Insert(this, adjustment);
        MarkSessionsChanged();
    }

    void INetworkSessionWriter.DeleteAdjustment(ProfileAdjustment adjustment)
    {
        SessionTable.Adjustments.Delete(this, adjustment.InterfaceId);
        MarkSessionsChanged();
    }

    void INetworkSessionWriter.InsertSchedule(InstanceSchedule schedule) => SetSchedule(schedule.InterfaceId, schedule.Schedule.ToString());

    void INetworkSessionWriter.DeleteSchedule(long interfaceId) => SetSchedule(interfaceId, schedule: null);

    private void SetSchedule(long interfaceId, string? schedule)
    {
        Connection.Prepare("UPDATE network_instance SET schedule = ? WHERE interface_id = ?").Bind(1, schedule).Bind(2, interfaceId).Run();
        MarkSessionsChanged();
    }

    private void MarkSessionsChanged() => Connection.Prepare("UPDATE session_change SET revision = ?").Bind(1, NewRevision).Run();
}
