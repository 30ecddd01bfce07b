using System.Security.Cryptography;
using MacSegmentation.Auditing;
using MacSegmentation.Stores.Auditing;
using MacSegmentation.Stores.Blocks;
using MacSegmentation.Stores.Clients;
using MacSegmentation.Stores.Handles;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.NetworkSessions;
using MacSegmentation.Stores.Partitions;
using MacSegmentation.Stores.Policies;
using MacSegmentation.Stores.Pools;
using MacSegmentation.Stores.Profiles;
using MacSegmentation.Stores.Providers;
using MacSegmentation.Stores.SecurityGroups;
using MacSegmentation.Stores.SecurityTriggers;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Vlans;
using MacSegmentation.Transactions;

namespace MacSegmentation.Stores.Sessions;

/// <summary>The changes of a transaction, concept by concept: each writes its own, in its folder.</summary>
internal class SqlStoreWriter(SqlConnection connection, long revision, DateTimeOffset now, AuditActor actor, byte[]? token = null)
    : SqlStoreReader(connection, revision, now),
        IStoreWriter,
        ISqlAuditWriter,
        ISqlRecordWriter,
        ISqlVlanWriter,
        ISqlPoolWriter,
        ISqlPolicyWriter,
        ISqlInterfaceWriter,
        ISqlSecurityGroupWriter,
        ISqlPartitionWriter,
        ISqlSecurityTriggerWriter,
        ISqlHandleWriter,
        ISqlProviderWriter,
        ISqlBlockWriter,
        ISqlProviderClientWriter,
        ISqlProfileWriter,
        ISqlNetworkSessionWriter
{
    private bool hasTombstones;

    public string? Reason { get; set; }

    /// <summary>True if the transaction raises the revision.</summary>
    public bool HasAudit { get; private set; }

    /// <summary>The mark of the revision that the transaction makes; null if it makes none.</summary>
    public StoreMark? Mark => HasAudit ? new StoreMark(NewRevision, Convert.ToHexStringLower(Token)) : null;

    public long NewRevision => Revision + 1;

    IReadOnlyList<Tables.IFollowedTable> ISqlRecordWriter.FollowedTables => Tables;

    public IReadOnlyList<string> TombstonesOfVlan => TableRoles.TombstonesOfVlan;

    /// <summary>What tells the transaction from every other.</summary>
    protected byte[] Token { get; } = token ?? DrawToken();

    /// <summary>Who makes the changes.</summary>
    protected AuditActor Actor => actor;

    public override StoreMark ReadMark() => Mark ?? base.ReadMark();

    public void NoteTombstone() => hasTombstones = true;

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
            .Bind(2, StoredAction.From(entry.Action))
            .Bind(3, entry.VlanId)
            .Bind(4, entry.Subject)
            .Bind(5, entry.Detail)
            .Run();
    }

    /// <summary>What is left to do before the transaction commits.</summary>
    public void Complete()
    {
        if (!HasAudit)
        {
            // What was written is nobody's change.
            Connection.Prepare("DELETE FROM audit_record WHERE revision = ?").Bind(1, NewRevision).Run();
        }

        if (!hasTombstones)
        {
            return;
        }

        long oldest = SnapshotReader.OldestFollowed(NewRevision);
        foreach (string forget in TableRoles.ForgetTombstones)
        {
            Connection.Prepare(forget).Bind(1, oldest).Run();
        }
    }

    /// <summary>What a transaction draws for itself, so that it is told from every other, also of the same revision.</summary>
    public static byte[] DrawToken() => RandomNumberGenerator.GetBytes(16);

    /// <summary>Records the transaction itself: its revision, who and when, and its token.</summary>
    private void InsertChange() => Connection
        .Prepare("INSERT INTO change (revision, time, \"user\", host_name, process, token, reason) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .Bind(1, NewRevision)
        .Bind(2, StoredTime.From(Now))
        .Bind(3, Actor.User)
        .Bind(4, Actor.HostName)
        .Bind(5, Actor.Process)
        .Bind(6, Token)
        .Bind(7, Reason ?? string.Empty)
        .Run();
}
