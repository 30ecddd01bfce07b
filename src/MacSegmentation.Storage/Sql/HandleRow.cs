using MacSegmentation.Addressing;
using MacSegmentation.Handles;

namespace MacSegmentation.Stores.Sql;

/// <summary>A handle as a row: which columns are read, in which order.</summary>
internal static class HandleRow
{
    public const string Select =
        """
        SELECT handle_id, handle, vlan_id, address, state, instance_id, copy_key, provider, assigned_at, ended_at, reason, notice, is_reported, revision,
            rests_until
        FROM handle
        """;

    public const string SelectByHandle = Select + " WHERE handle = ? AND copy_key = ?";
    public const string SelectByAddress = Select + " WHERE address = ? AND state = 0";
    public const string SelectSorted = Select + " ORDER BY handle, copy_key";
    public const string SelectOfVlan = Select + " WHERE vlan_id = ? ORDER BY handle, copy_key";
    public const string SelectNamed = Select + " WHERE handle BETWEEN ? AND ? ORDER BY handle, copy_key LIMIT ?";
    public const string SelectBetween = Select + " WHERE address BETWEEN ? AND ? AND state = 0 ORDER BY address";

    // In two parts, each of which an index leads through: what is left of the last revision, and what is newer.
    public const string SelectOfRevision = Select + " WHERE revision = ? AND handle_id > ? ORDER BY handle_id LIMIT ?";
    public const string SelectSince = Select + " WHERE revision > ? ORDER BY revision, handle_id LIMIT ?";
    public const string SelectUnreported = Select + " WHERE is_reported = 0 ORDER BY revision, handle_id LIMIT ?";

    /// <summary>So many are asked about in one question; where there are fewer, the last is named again.</summary>
    public const int Several = 32;

    public const string SelectKnown = "SELECT handle FROM handle WHERE copy_key = '' AND handle IN (" + Places + ")";
    public const string SelectAllocated = "SELECT address FROM allocation WHERE address IN (" + Places + ")";

    private const string Places = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    public static MacHandle Read(SqlStatement row) => new()
    {
        HandleId = row.Number(0),
        Handle = row.Text(1),
        VlanId = (int)row.Number(2),
        MacAddress = new MacAddress((ulong)row.Number(3)),
        State = StoredNumbers.HandleStates.To(row.Number(4)),
        InstanceId = row.Text(5),
        IsCopy = row.Text(6).Length > 0,
        Provider = row.Text(7),
        AssignedAt = StoredNumbers.ToTime(row.Number(8)),
        EndedAt = row.IsNull(9) ? null : StoredNumbers.ToTime(row.Number(9)),
        Reason = row.Text(10),
        Notice = row.Text(11),
        IsReported = row.Flag(12),
        Revision = row.Number(13),
        RestsUntil = row.IsNull(14) ? null : StoredNumbers.ToTime(row.Number(14)),
    };
}
