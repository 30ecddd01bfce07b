using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Partitions;

/// <summary>The questions about partitions and tags, as queries.</summary>
internal interface ISqlPartitionReader : IPartitionReader, ISqlInterfaceReader
{
    PartitionSettings IPartitionReader.PartitionSettings => PartitionSnapshot.ReadSettings(Connection);

    MacPartition? IPartitionReader.FindPartition(string name) => PartitionTable.Find(Connection, name);

    IReadOnlyList<MacPartition> IPartitionReader.ListPartitions() => PartitionTable.List(Connection);

    MacPartitionPolicy? IPartitionReader.FindPartitionPolicy(long policyId) =>
        Connection.Prepare(PartitionTable.SelectPolicy).Bind(1, policyId).First(PartitionTable.Policies.Read);

    long IVlanUses.CountPeerPolicies(int vlanId) => Connection.Prepare("SELECT count(*) FROM partition_policy WHERE peer_vlan_id = ?").Bind(1, vlanId).Scalar();

    IReadOnlyList<RetiredPartition> IPartitionReader.ListRetiredPartitions() => Connection
        .Prepare("SELECT partition_id, name, removed_at FROM retired_partition ORDER BY partition_id")
        .All(static row => new RetiredPartition((int)row.Number(0), row.Text(1), StoredTime.To(row.Number(2))));

    IReadOnlyList<TagUse> IPartitionReader.ListTags() => Connection
        .Prepare("SELECT tag, count(*) FROM interface_tag GROUP BY tag ORDER BY tag")
        .All(static row => new TagUse(MacTag.OfJson(row.Text(0)), (int)row.Number(1)));

    IReadOnlyList<MacInterface> IPartitionReader.ListTagged(MacTag tag, long after, int limit) => InterfaceTable.All(
        Connection,
        Connection.Prepare(InterfaceTable.SelectTagged).Bind(1, tag.Json).Bind(2, after).Bind(3, limit),
        Children);
}
