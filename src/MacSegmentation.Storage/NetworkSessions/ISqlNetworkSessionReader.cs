using MacSegmentation.NetworkSessions;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.NetworkSessions;

/// <summary>The questions about sessions, instances and rules, as queries.</summary>
internal interface ISqlNetworkSessionReader : INetworkSessionReader, ISqlInterfaceReader
{
    MacSession? INetworkSessionReader.FindSession(string name) => Connection.Prepare(SessionTable.SelectByName).Bind(1, NameKeys.Of(name)).First(SessionTable.Rows.Read);

    IReadOnlyList<MacSession> INetworkSessionReader.ListSessions() => Connection.Prepare(SessionTable.SelectSorted).All(SessionTable.Rows.Read);

    MacInstance? INetworkSessionReader.FindInstance(string name) => Connection.Prepare(SessionTable.SelectInstance).Bind(1, NameKeys.Of(name)).First(SessionTable.Instances.Read);

    IReadOnlyList<MacInstance> INetworkSessionReader.ListInstances(string? session) => session is null
        ? Connection.Prepare(SessionTable.SelectInstances).All(SessionTable.Instances.Read)
        : Connection.Prepare(SessionTable.SelectInstancesOf).Bind(1, NameKeys.Of(session)).All(SessionTable.Instances.Read);

    IReadOnlyList<MacInstance> INetworkSessionReader.ListInstancesAfter(string name, int limit) =>
        Connection.Prepare(SessionTable.SelectInstancesAfter).Bind(1, NameKeys.Of(name)).Bind(2, limit).All(SessionTable.Instances.Read);

    IReadOnlyList<MacInstance> INetworkSessionReader.ListInstancesNamed(string prefix, int limit) => Connection
        .Prepare(SessionTable.SelectInstancesNamed)
        .Bind(1, NameKeys.Of(prefix))
        .Bind(2, NameKeys.After(NameKeys.Of(prefix)))
        .Bind(3, limit)
        .All(SessionTable.Instances.Read);

    MacProfileRule? INetworkSessionReader.FindProfileRule(long ruleId) => Connection.Prepare(SessionTable.SelectRule).Bind(1, ruleId).First(SessionTable.Rules.Read);

    IReadOnlyList<MacProfileRule> INetworkSessionReader.ListProfileRules() => Connection.Prepare(SessionTable.SelectRules).All(SessionTable.Rules.Read);

    IReadOnlyList<ProfileAdjustment> INetworkSessionReader.ListAdjustments() => Connection.Prepare(SessionTable.SelectAdjustments).All(SessionTable.Adjustments.Read);

    ProfileAdjustment? INetworkSessionReader.FindAdjustment(string instance) =>
        Connection.Prepare(SessionTable.SelectAdjustment).Bind(1, NameKeys.Of(instance)).First(SessionTable.Adjustments.Read);

    IReadOnlyList<InstanceSchedule> INetworkSessionReader.ListSchedules() => SessionSnapshot.ListSchedules(Connection);

    long IVlanUses.CountSessions(int vlanId) => Connection.Prepare("SELECT count(*) FROM network_session WHERE vlan_id = ?").Bind(1, vlanId).Scalar();
}
