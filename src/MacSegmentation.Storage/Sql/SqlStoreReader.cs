using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Sql;

/// <summary>The questions, as queries on the connection's transaction.</summary>
internal partial class SqlStoreReader : IStoreReader
{
    /// <summary>The transaction of a connection.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="revision">The newest revision that the transaction sees.</param>
    /// <param name="now">The transaction's time.</param>
    public SqlStoreReader(SqlConnection connection, long revision, DateTimeOffset now)
    {
        Connection = connection;
        Revision = revision;
        Now = now;
    }

    public virtual DateTimeOffset Now { get; }

    public virtual long Revision { get; }

    protected SqlConnection Connection { get; }

    public static long ReadRevision(SqlConnection connection) => connection.Prepare("SELECT max(revision) FROM change").Scalar();

    public MacVlan? FindVlan(int vlanId) => Connection
        .Prepare("SELECT vlan_id, name, default_action, reuse_delay, arp_responder, foreign_addresses FROM vlan WHERE vlan_id = ?")
        .Bind(1, vlanId)
        .First(ToVlan);

    public IReadOnlyList<MacVlan> ListVlans() => Connection
        .Prepare("SELECT vlan_id, name, default_action, reuse_delay, arp_responder, foreign_addresses FROM vlan ORDER BY vlan_id")
        .All(ToVlan);

    public VlanRange? FindOverlap(MacRange range)
    {
        // Stored ranges share no address: the last that begins before the given one reaches farthest into it.
        var before = Connection
            .Prepare("SELECT vlan_id, first, last FROM vlan_range WHERE first <= ? ORDER BY first DESC LIMIT 1")
            .Bind(1, Number(range.First))
            .FirstValue(ToVlanRange);
        return before?.Range.Overlaps(range) == true
            ? before
            : Connection
                .Prepare("SELECT vlan_id, first, last FROM vlan_range WHERE first BETWEEN ? AND ? ORDER BY first LIMIT 1")
                .Bind(1, Number(range.First))
                .Bind(2, Number(range.Last))
                .FirstValue(ToVlanRange);
    }

    public MacAllocation? FindAllocation(MacAddress address) => Connection
        .Prepare("SELECT address, vlan_id, instance_id, allocated_at, handle FROM allocation WHERE address = ?")
        .Bind(1, Number(address))
        .First(ToAllocation);

    public IReadOnlyList<MacAllocation> ListAllocations(int? vlanId = null, string? instanceId = null)
    {
        var statement = (vlanId, instanceId) switch
        {
            (null, null) => Connection.Prepare("SELECT address, vlan_id, instance_id, allocated_at, handle FROM allocation ORDER BY address"),
            ({ } vlan, null) => Connection
                .Prepare("SELECT address, vlan_id, instance_id, allocated_at, handle FROM allocation WHERE vlan_id = ? ORDER BY address")
                .Bind(1, vlan),
            (null, { } instance) => Connection
                .Prepare("SELECT address, vlan_id, instance_id, allocated_at, handle FROM allocation WHERE instance_id = ? COLLATE NOCASE ORDER BY address")
                .Bind(1, instance),
            ({ } vlan, { } instance) => Connection
                .Prepare("SELECT address, vlan_id, instance_id, allocated_at, handle FROM allocation WHERE instance_id = ? COLLATE NOCASE AND +vlan_id = ? ORDER BY address")
                .Bind(1, instance)
                .Bind(2, vlan),
        };
        return statement.All(ToAllocation);
    }

    public long CountAllocations(int vlanId, MacRange? within = null) => within is { } range
        ? Connection
            .Prepare("SELECT count(*) FROM allocation WHERE +vlan_id = ? AND address BETWEEN ? AND ?")
            .Bind(1, vlanId)
            .Bind(2, Number(range.First))
            .Bind(3, Number(range.Last))
            .Scalar()
        : Connection.Prepare("SELECT count(*) FROM allocation WHERE vlan_id = ?").Bind(1, vlanId).Scalar();

    public MacRange? FindLowestFree(int vlanId) => Connection
        .Prepare("SELECT first, last FROM free_interval WHERE vlan_id = ? ORDER BY first LIMIT 1")
        .Bind(1, vlanId)
        .FirstValue(ToRange);

    public MacRange? FindFree(int vlanId, MacAddress address)
    {
        var nearest = Connection
            .Prepare("SELECT first, last FROM free_interval WHERE vlan_id = ? AND first <= ? ORDER BY first DESC LIMIT 1")
            .Bind(1, vlanId)
            .Bind(2, Number(address))
            .FirstValue(ToRange);
        return nearest?.Contains(address) == true ? nearest : null;
    }

    public IReadOnlyList<MacRange> ListFree(int vlanId) => Connection
        .Prepare("SELECT first, last FROM free_interval WHERE vlan_id = ? ORDER BY first")
        .Bind(1, vlanId)
        .All(ToRange);

    public RestingAddress? FindLongestResting(int vlanId) => Connection
        .Prepare("SELECT address, vlan_id, released_at, rests_until FROM resting WHERE vlan_id = ? AND rests_until <= ? ORDER BY released_at, address LIMIT 1")
        .Bind(1, vlanId)
        .Bind(2, StoredNumbers.FromTime(Now))
        .FirstValue(ToResting);

    public RestingAddress? FindResting(MacAddress address) => Connection
        .Prepare("SELECT address, vlan_id, released_at, rests_until FROM resting WHERE address = ?")
        .Bind(1, Number(address))
        .FirstValue(ToResting);

    public IReadOnlyList<RestingAddress> ListResting(int vlanId) => Connection
        .Prepare("SELECT address, vlan_id, released_at, rests_until FROM resting WHERE vlan_id = ? ORDER BY address")
        .Bind(1, vlanId)
        .All(ToResting);

    public IReadOnlyList<MacPolicy> ListPolicies(int? vlanId = null) => vlanId is { } vlan
        ? Connection.Prepare(PolicyRow.SelectOfVlan).Bind(1, vlan).All(PolicyRow.Read)
        : Connection.Prepare(PolicyRow.SelectSorted).All(PolicyRow.Read);

    public MacPolicy? FindPolicy(long policyId) => Connection.Prepare(PolicyRow.SelectById).Bind(1, policyId).First(PolicyRow.Read);

    public MacPolicy? FindPolicyByOrder(int vlanId, int order) => Connection
        .Prepare(PolicyRow.SelectByPosition)
        .Bind(1, vlanId)
        .Bind(2, order)
        .First(PolicyRow.Read);

    public MacPolicy? FindSamePolicy(int vlanId, MacPattern source, MacPattern destination, PolicyAction action) => Connection
        .Prepare(PolicyRow.SelectByMeaning)
        .Bind(1, vlanId)
        .Bind(2, (long)source.Value)
        .Bind(3, source.PrefixLength)
        .Bind(4, (long)destination.Value)
        .Bind(5, destination.PrefixLength)
        .Bind(6, StoredNumbers.Actions.From(action))
        .First(PolicyRow.Read);

    public int? FindLastOrder(int vlanId) => Connection
        .Prepare("SELECT position FROM policy WHERE vlan_id = ? ORDER BY position DESC LIMIT 1")
        .Bind(1, vlanId)
        .FirstValue(static row => (int)row.Number(0));

    public IReadOnlyList<MacAuditEvent> ListAuditEvents(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return AuditRows.List(Connection, query);
    }

    protected static long Number(MacAddress address) => (long)address.Value;

    private static MacAddress Address(long number) => new((ulong)number);

    private static MacRange ToRange(SqlStatement row) => new(Address(row.Number(0)), Address(row.Number(1)));

    private static VlanRange ToVlanRange(SqlStatement row) => new((int)row.Number(0), new MacRange(Address(row.Number(1)), Address(row.Number(2))));

    private static RestingAddress ToResting(SqlStatement row) =>
        new(Address(row.Number(0)), (int)row.Number(1), StoredNumbers.ToTime(row.Number(2)), row.IsNull(3) || row.Number(3) == 0 ? default : StoredNumbers.ToTime(row.Number(3)));

    private static MacAllocation ToAllocation(SqlStatement row) => new()
    {
        MacAddress = Address(row.Number(0)),
        VlanId = (int)row.Number(1),
        InstanceId = row.Text(2),
        AllocatedAt = StoredNumbers.ToTime(row.Number(3)),
        Handle = row.Text(4),
    };

    private MacVlan ToVlan(SqlStatement row)
    {
        long vlanId = row.Number(0);
        return new MacVlan
        {
            VlanId = (int)vlanId,
            Name = row.Text(1),
            DefaultAction = StoredNumbers.Actions.To(row.Number(2)),
            ReuseDelay = new TimeSpan(row.Number(3)),
            ArpResponder = row.Flag(4),
            AdmitsForeignAddresses = row.Flag(5),
            Ranges = Connection.Prepare("SELECT first, last FROM vlan_range WHERE vlan_id = ? ORDER BY first").Bind(1, vlanId).All(ToRange),
        };
    }
}
