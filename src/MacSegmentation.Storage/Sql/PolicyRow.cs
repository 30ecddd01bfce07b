using MacSegmentation.Addressing;
using MacSegmentation.Policies;

namespace MacSegmentation.Stores.Sql;

/// <summary>A policy as a row: which columns are read, in which order.</summary>
internal static class PolicyRow
{
    public const string SelectUnsorted = "SELECT policy_id, vlan_id, position, source, source_length, destination, destination_length, action FROM policy";
    public const string SelectSorted = SelectUnsorted + " ORDER BY vlan_id, position";
    public const string SelectOfVlan = SelectUnsorted + " WHERE vlan_id = ? ORDER BY position";
    public const string SelectById = SelectUnsorted + " WHERE policy_id = ?";
    public const string SelectByPosition = SelectUnsorted + " WHERE vlan_id = ? AND position = ?";
    public const string SelectByMeaning = SelectUnsorted
        + " WHERE vlan_id = ? AND source = ? AND source_length = ? AND destination = ? AND destination_length = ? AND action = ?";

    public const string SelectSince = SelectUnsorted + " WHERE revision > ?";

    public static MacPolicy Read(SqlStatement row) => new()
    {
        PolicyId = row.Number(0),
        VlanId = (int)row.Number(1),
        Order = (int)row.Number(2),
        SourceAddress = new MacPattern(new MacAddress((ulong)row.Number(3)), (int)row.Number(4)),
        DestinationAddress = new MacPattern(new MacAddress((ulong)row.Number(5)), (int)row.Number(6)),
        Action = StoredNumbers.Actions.To(row.Number(7)),
    };
}
