using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Sql;

/// <summary>The changes, as statements in the connection's transaction.</summary>
internal partial class SqlStoreWriter(SqlConnection connection, long revision, DateTimeOffset now, AuditActor actor)
    : SqlStoreReader(connection, revision, now), IStoreWriter
{
    private bool hasRemoved;

    /// <summary>True if the transaction raises the revision.</summary>
    public bool HasAudit { get; private set; }

    /// <summary>Who makes the changes.</summary>
    protected AuditActor Actor => actor;

    /// <summary>The revision that the transaction makes, if it makes one.</summary>
    protected long NewRevision => Revision + 1;

    public void InsertVlan(MacVlan vlan)
    {
        Connection
            .Prepare("INSERT INTO vlan (vlan_id, name, default_action, reuse_delay, arp_responder, foreign_addresses, created) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, vlan.VlanId)
            .Bind(2, vlan.Name)
            .Bind(3, StoredNumbers.Actions.From(vlan.DefaultAction))
            .Bind(4, vlan.ReuseDelay.Ticks)
            .Bind(5, vlan.ArpResponder)
            .Bind(6, vlan.AdmitsForeignAddresses)
            .Bind(7, NewRevision)
            .Run();
        InsertRanges(vlan);
    }

    public void UpdateVlan(MacVlan vlan)
    {
        Connection
            .Prepare("UPDATE vlan SET name = ?, default_action = ?, reuse_delay = ?, arp_responder = ?, foreign_addresses = ? WHERE vlan_id = ?")
            .Bind(1, vlan.Name)
            .Bind(2, StoredNumbers.Actions.From(vlan.DefaultAction))
            .Bind(3, vlan.ReuseDelay.Ticks)
            .Bind(4, vlan.ArpResponder)
            .Bind(5, vlan.AdmitsForeignAddresses)
            .Bind(6, vlan.VlanId)
            .Run();
        Connection.Prepare("DELETE FROM vlan_range WHERE vlan_id = ?").Bind(1, vlan.VlanId).Run();
        InsertRanges(vlan);
    }

    public void DeleteVlan(int vlanId)
    {
        Connection
            .Prepare("INSERT INTO removed_interface (revision, interface_id) SELECT ?, interface_id FROM interface WHERE vlan_id = ?")
            .Bind(1, NewRevision)
            .Bind(2, vlanId)
            .Run();
        Connection.Prepare("DELETE FROM vlan WHERE vlan_id = ?").Bind(1, vlanId).Run();
        hasRemoved = true;
    }

    public void InsertFree(int vlanId, MacRange interval) => Connection
        .Prepare("INSERT INTO free_interval (vlan_id, first, last) VALUES (?, ?, ?)")
        .Bind(1, vlanId)
        .Bind(2, Number(interval.First))
        .Bind(3, Number(interval.Last))
        .Run();

    public void DeleteFree(int vlanId, MacRange interval) => Connection
        .Prepare("DELETE FROM free_interval WHERE vlan_id = ? AND first = ?")
        .Bind(1, vlanId)
        .Bind(2, Number(interval.First))
        .Run();

    public void InsertAllocation(MacAllocation allocation) => Connection
        .Prepare("INSERT INTO allocation (address, vlan_id, instance_id, allocated_at, handle) VALUES (?, ?, ?, ?, ?)")
        .Bind(1, Number(allocation.MacAddress))
        .Bind(2, allocation.VlanId)
        .Bind(3, allocation.InstanceId)
        .Bind(4, StoredNumbers.FromTime(allocation.AllocatedAt))
        .Bind(5, allocation.Handle)
        .Run();

    public void DeleteAllocation(MacAddress address) => Connection
        .Prepare("DELETE FROM allocation WHERE address = ?")
        .Bind(1, Number(address))
        .Run();

    public void InsertResting(RestingAddress resting) => Connection
        .Prepare("INSERT INTO resting (address, vlan_id, released_at, rests_until) VALUES (?, ?, ?, ?)")
        .Bind(1, Number(resting.Address))
        .Bind(2, resting.VlanId)
        .Bind(3, StoredNumbers.FromTime(resting.ReleasedAt))
        .Bind(4, resting.RestsUntil == default ? 0 : StoredNumbers.FromTime(resting.RestsUntil))
        .Run();

    public void DeleteResting(MacAddress address) => Connection
        .Prepare("DELETE FROM resting WHERE address = ?")
        .Bind(1, Number(address))
        .Run();

    public void DeleteRestingIn(int vlanId, MacRange range) => Connection
        .Prepare("DELETE FROM resting WHERE vlan_id = ? AND address BETWEEN ? AND ?")
        .Bind(1, vlanId)
        .Bind(2, Number(range.First))
        .Bind(3, Number(range.Last))
        .Run();

    public MacPolicy InsertPolicy(MacPolicy policy)
    {
        var statement = Connection.Prepare(
            """
            INSERT INTO policy (position, source, source_length, destination, destination_length, action, revision, vlan_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING policy_id
            """);
        return policy with { PolicyId = BindPolicy(statement, policy).Bind(8, policy.VlanId).Scalar() };
    }

    public void UpdatePolicy(MacPolicy policy)
    {
        var statement = Connection.Prepare(
            """
            UPDATE policy
            SET position = ?, source = ?, source_length = ?, destination = ?, destination_length = ?, action = ?, revision = ?
            WHERE policy_id = ?
            """);
        BindPolicy(statement, policy).Bind(8, policy.PolicyId).Run();
    }

    public void DeletePolicy(MacPolicy policy)
    {
        Connection.Prepare("DELETE FROM policy WHERE policy_id = ?").Bind(1, policy.PolicyId).Run();
        Connection
            .Prepare("INSERT INTO removed_policy (revision, policy_id, vlan_id) VALUES (?, ?, ?)")
            .Bind(1, NewRevision)
            .Bind(2, policy.PolicyId)
            .Bind(3, policy.VlanId)
            .Run();
        hasRemoved = true;
    }

    public void AppendAudit(AuditEntry entry)
    {
        if (!HasAudit)
        {
            InsertChange();
            HasAudit = true;
        }

        Connection
            .Prepare("INSERT INTO audit (revision, action, vlan_id, subject, detail) VALUES (?, ?, ?, ?, ?)")
            .Bind(1, NewRevision)
            .Bind(2, entry.Action.ToString())
            .Bind(3, entry.VlanId)
            .Bind(4, entry.Subject)
            .Bind(5, entry.Detail)
            .Run();
    }

    /// <summary>What is left to do before the transaction commits.</summary>
    public void Complete()
    {
        if (hasRemoved)
        {
            long oldest = SnapshotReader.OldestFollowed(NewRevision);
            Connection.Prepare("DELETE FROM removed_policy WHERE revision <= ?").Bind(1, oldest).Run();
            Connection.Prepare("DELETE FROM removed_interface WHERE revision <= ?").Bind(1, oldest).Run();
        }
    }

    private SqlStatement BindPolicy(SqlStatement statement, MacPolicy policy) => statement
        .Bind(1, policy.Order)
        .Bind(2, (long)policy.SourceAddress.Value)
        .Bind(3, policy.SourceAddress.PrefixLength)
        .Bind(4, (long)policy.DestinationAddress.Value)
        .Bind(5, policy.DestinationAddress.PrefixLength)
        .Bind(6, StoredNumbers.Actions.From(policy.Action))
        .Bind(7, NewRevision);

    /// <summary>Records the transaction itself: its revision, who and when.</summary>
    protected virtual void InsertChange() => Connection
        .Prepare("INSERT INTO change (revision, time, \"user\", host_name, process) VALUES (?, ?, ?, ?, ?)")
        .Bind(1, NewRevision)
        .Bind(2, StoredNumbers.FromTime(Now))
        .Bind(3, Actor.User)
        .Bind(4, Actor.HostName)
        .Bind(5, Actor.Process)
        .Run();

    private void InsertRanges(MacVlan vlan)
    {
        foreach (var range in vlan.Ranges)
        {
            Connection
                .Prepare("INSERT INTO vlan_range (first, last, vlan_id) VALUES (?, ?, ?)")
                .Bind(1, Number(range.First))
                .Bind(2, Number(range.Last))
                .Bind(3, vlan.VlanId)
                .Run();
        }
    }
}
