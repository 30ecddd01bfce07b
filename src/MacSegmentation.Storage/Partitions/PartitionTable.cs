using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Partitions;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Tags;

namespace MacSegmentation.Stores.Partitions;

/// <summary>The tables of partitions and their policies.</summary>
internal static class PartitionTable
{
    private const string PartitionId = "(SELECT partition_id FROM network_partition WHERE name_key = ?)";

    public static readonly Table<MacPartition> Rows = new(
        "network_partition",
        static () => new MacPartition { Name = string.Empty },
        Table<MacPartition>.NaturalKey("partition_id", ColumnTypes.Integer, partition => partition.Id),
        Table<MacPartition>.Property("name", ColumnTypes.Text, partition => partition.Name, ColumnUse.Once),
        Table<MacPartition>.WriteOnly("name_key", ColumnTypes.NameKey, partition => partition.Name, ColumnUse.Once),
        Table<MacPartition>.Property("priority", ColumnTypes.Integer, partition => partition.Priority),
        Table<MacPartition>.Property("match", ColumnTypes.Choice(PartitionMatch.All, PartitionMatch.Any), partition => partition.Match),
        Table<MacPartition>.Property("tags", Tags, partition => partition.Tag),
        Table<MacPartition>.Property("not_tags", Tags, partition => partition.NotTag),
        Table<MacPartition>.Property("is_staged", ColumnTypes.Flag, partition => partition.IsStaged));

    public static readonly Table<MacPartitionPolicy> Policies = new(
        "partition_policy",
        "JOIN network_partition own USING (partition_id) LEFT JOIN network_partition peer ON peer.partition_id = peer_id",
        static () => new MacPartitionPolicy { Partition = string.Empty, Peer = default, Action = default },
        Table<MacPartitionPolicy>.GivenKey("policy_id", policy => policy.PolicyId),
        Table<MacPartitionPolicy>.Reference("partition_id", "own.name", PartitionId, ColumnTypes.NameKey, policy => policy.Partition, ColumnUse.Once),
        Table<MacPartitionPolicy>.Property("place", ColumnTypes.Integer, policy => policy.Order),
        new WrittenColumn<MacPartitionPolicy, string?>(ColumnTypes.OptionalNameKey, static (policy, _) => policy.Peer.PartitionName) { Written = ["peer_id"], Value = PartitionId },
        Table<MacPartitionPolicy>.WriteOnly("peer_vlan_id", ColumnTypes.OptionalInteger, policy => policy.Peer.VlanId > 0 ? policy.Peer.VlanId : null),
        new PropertyColumn<MacPartitionPolicy, PartitionPeer>(Peer, static policy => policy.Peer, nameof(MacPartitionPolicy.Peer)) { Selected = ["peer.name", "peer_vlan_id"] },
        Table<MacPartitionPolicy>.Property("direction", Direction, policy => policy.Direction),
        Table<MacPartitionPolicy>.Property("ether_type", ColumnTypes.OptionalInteger, policy => policy.EtherType),
        Table<MacPartitionPolicy>.Property("protocol", ColumnTypes.Protocol, policy => policy.Protocol),
        Table<MacPartitionPolicy>.Property("ports", ColumnTypes.List(text => PortRange.Parse(text, provider: null)), policy => policy.Port),
        Table<MacPartitionPolicy>.Property(
            "action",
            ColumnTypes.Choice(PartitionAction.Allow, PartitionAction.Deny, PartitionAction.Drop, PartitionAction.Redirect, PartitionAction.Mirror),
            policy => policy.Action),
        Table<MacPartitionPolicy>.Property("target", ColumnTypes.OptionalText, policy => policy.To),
        new PropertyColumn<MacPartitionPolicy, bool>(ColumnTypes.Flag, static policy => policy.IsStaged, nameof(MacPartitionPolicy.IsStaged))
        {
            Selected = ["partition_policy.is_staged"],
            Written = ["is_staged"],
        });

    /// <summary>Policies whose peer a VLAN is go with it, and partitions are read anew.</summary>
    public const string MarkPeersOfVlan = "UPDATE partition_change SET revision = ? WHERE EXISTS (SELECT 1 FROM partition_policy WHERE peer_vlan_id = ?)";

    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key");
    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?");
    public static readonly string SelectPolicy = Policies.Select("WHERE policy_id = ?");
    private static readonly string SelectPolicies = Policies.Select("WHERE own.name_key = ? ORDER BY place");
    private static readonly string SelectAllPolicies = Policies.Select("ORDER BY own.name_key, place");

    private static ColumnType<PartitionPeer> Peer => new(
        static (_, _, _) => throw new InvalidOperationException("A peer is written by its parts."),
        static (row, place) => !row.IsNull(place) ? PartitionPeer.OfPartition(row.Text(place)) : !row.IsNull(place + 1) ? PartitionPeer.OfVlan((int)row.Number(place + 1)) : PartitionPeer.Any,
        Width: 2);

    /// <summary>Tags as a JSON array.</summary>
    public static ColumnType<IReadOnlyList<MacTag>> Tags => new(
        static (to, place, value) => to.Bind(place, $"[{string.Join(',', value.Select(tag => tag.Json))}]"),
        static (row, place) => ReadTags(row.Text(place)));

    private static ColumnType<TrafficDirection?> Direction => new(
        static (to, place, value) => to.Bind(place, value is { } direction ? Directions.From(direction) : (long?)null),
        static (row, place) => row.IsNull(place) ? null : Directions.To(row.Number(place)));

    private static StoredChoice<TrafficDirection> Directions { get; } = new([TrafficDirection.Inbound, TrafficDirection.Outbound]);

    /// <summary>The partition with its policies.</summary>
    public static MacPartition? Find(SqlConnection connection, string name) =>
        connection.Prepare(SelectByName).Bind(1, NameKeys.Of(name)).First(Rows.Read) is { } partition
            ? partition with { Policy = connection.Prepare(SelectPolicies).Bind(1, NameKeys.Of(name)).All(Policies.Read) }
            : null;

    /// <summary>All partitions with their policies, by name.</summary>
    public static IReadOnlyList<MacPartition> List(SqlConnection connection)
    {
        var policies = connection.Prepare(SelectAllPolicies).All(Policies.Read).ToLookup(policy => policy.Partition, StringComparer.Ordinal);
        return [.. connection.Prepare(SelectSorted).All(Rows.Read).Select(partition => policies[partition.Name].ToList() is { Count: > 0 } own ? partition with { Policy = own } : partition)];
    }

    private static IReadOnlyList<MacTag> ReadTags(string json)
    {
        using var tags = JsonDocument.Parse(json);
        return [.. tags.RootElement.EnumerateArray().Select(tag => MacTag.OfJson(tag.GetRawText()))];
    }
}
