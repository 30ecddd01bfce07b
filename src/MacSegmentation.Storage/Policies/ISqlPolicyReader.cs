using MacSegmentation.Addressing;
using MacSegmentation.Policies;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Stores.Vlans;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Stores.Policies;

/// <summary>The questions about policies, as queries.</summary>
internal interface ISqlPolicyReader : IPolicyReader, ISqlSession
{
    IReadOnlyList<MacPolicy> IPolicyReader.ListPolicies(int? vlanId) => vlanId is { } vlan
        ? Connection.Prepare(PolicyTable.SelectOfVlan).Bind(1, vlan).All(PolicyTable.Rows.Read)
        : Connection.Prepare(PolicyTable.SelectSorted).All(PolicyTable.Rows.Read);

    IReadOnlyList<MacPolicy> IPolicyReader.ListPoliciesAfter(int vlanId, long order, int limit) => Connection
        .Prepare(PolicyTable.SelectAfter)
        .Bind(1, vlanId)
        .Bind(2, order)
        .Bind(3, limit)
        .All(PolicyTable.Rows.Read);

    IReadOnlyList<MacPolicy> IPolicyReader.ListPoliciesById(long policyId, int limit) =>
        Connection.Prepare(PolicyTable.SelectAfterId).Bind(1, policyId).Bind(2, limit).All(PolicyTable.Rows.Read);

    MacPolicy? IPolicyReader.FindPolicy(long policyId) => Connection.Prepare(PolicyTable.SelectById).Bind(1, policyId).First(PolicyTable.Rows.Read);

    MacPolicy? IPolicyReader.FindPolicyByOrder(int vlanId, int order) => Connection
        .Prepare(PolicyTable.SelectByPosition)
        .Bind(1, vlanId)
        .Bind(2, order)
        .First(PolicyTable.Rows.Read);

    MacPolicy? IPolicyReader.FindPolicyBefore(int vlanId, long order) => Connection
        .Prepare(PolicyTable.SelectBefore)
        .Bind(1, vlanId)
        .Bind(2, order)
        .First(PolicyTable.Rows.Read);

    MacPolicy? IPolicyReader.FindSamePolicy(int vlanId, MacPattern source, MacPattern destination, PolicyAction action)
    {
        var statement = Connection.Prepare(PolicyTable.SelectByMeaning).Bind(1, vlanId);
        ColumnTypes.MacPattern.Bind(statement, 2, source);
        ColumnTypes.MacPattern.Bind(statement, 5, destination);
        VlanTable.Action.Bind(statement, 8, action);
        return statement.First(PolicyTable.Rows.Read);
    }

    int? IPolicyReader.FindLastOrder(int vlanId) => Connection
        .Prepare("SELECT position FROM policy WHERE vlan_id = ? ORDER BY position DESC LIMIT 1")
        .Bind(1, vlanId)
        .FirstValue(static row => (int)row.Number(0));
}
