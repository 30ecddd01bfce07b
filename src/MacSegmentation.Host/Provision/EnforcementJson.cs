using System.Buffers;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Tags;

namespace MacSegmentation.Provision;

/// <summary>What enforcement points are told, as JSON: the names and values are those of the configuration's document.</summary>
internal static class EnforcementJson
{
    /// <summary>All that an enforcement point needs.</summary>
    /// <param name="view">The configuration.</param>
    /// <param name="client">Who is told: of other VLANs than it may use there is nothing in it.</param>
    public static byte[] Write(EnforcementView view, MacProviderClient client)
    {
        var room = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(room, ServiceJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("revision"u8, view.Revision);
            json.WriteString("conflictResolution"u8, $"{view.Settings.ConflictResolution}");
            WriteAll(json, "vlans"u8, view.Vlans.Where(vlan => client.MayUse(vlan.VlanId)), static (json, vlan) =>
            {
                json.WriteNumber("id"u8, vlan.VlanId);
                json.WriteString("defaultAction"u8, $"{vlan.DefaultAction}");
            });
            WriteAll(json, "partitions"u8, view.Index.Partitions, WritePartition);
            WriteAll(json, "policies"u8, view.Index.List([.. Enumerable.Range(0, view.Index.Partitions.Count)]).Where(ranked => MaySee(client, ranked.Policy.Peer)), WritePolicy);
            WriteInterfaces(json, view, [.. view.Interfaces.Where(record => client.MayUse(record.VlanId))]);
            json.WriteEndObject();
        }

        return room.WrittenSpan.ToArray();
    }

    /// <summary>What holds for tags, as Resolve-MacPolicy writes it.</summary>
    /// <param name="json">Where.</param>
    /// <param name="policies">The policies, the deciding first.</param>
    public static void Write(Utf8JsonWriter json, IEnumerable<MacResolvedPolicy> policies)
    {
        json.WriteStartObject();
        WriteAll(json, "policies"u8, policies, static (json, policy) =>
        {
            json.WriteNumber("rank"u8, policy.Rank);
            json.WriteNumber("policyId"u8, policy.PolicyId);
            json.WriteString("partition"u8, policy.Partition);
            json.WriteNumber("priority"u8, policy.Priority);
            WriteMatch(json, policy.Peer, policy.Direction, policy.EtherType, policy.Protocol, policy.Port);
            json.WriteString("action"u8, $"{policy.Action}");
            json.WriteString("to"u8, policy.To);
            json.WriteBoolean("isDeciding"u8, policy.IsDeciding);
            json.WriteString("reason"u8, policy.Reason);
        });
        json.WriteEndObject();
    }

    /// <summary>True if a client may know of a policy with this peer.</summary>
    /// <param name="client">The client.</param>
    /// <param name="peer">The peer.</param>
    public static bool MaySee(MacProviderClient client, PartitionPeer peer) => peer.Kind != PeerKind.Vlan || client.MayUse(peer.VlanId);

    private static void WritePartition(Utf8JsonWriter json, MacPartition partition)
    {
        json.WriteString("name"u8, partition.Name);
        json.WriteNumber("id"u8, partition.Id);
        json.WriteNumber("priority"u8, partition.Priority);
        json.WriteString("match"u8, $"{partition.Match}");
        WriteTags(json, "tags"u8, partition.Tag);
        WriteTags(json, "notTags"u8, partition.NotTag);
        json.WriteBoolean("staged"u8, partition.IsStaged);
    }

    private static void WritePolicy(Utf8JsonWriter json, RankedPolicy ranked)
    {
        var policy = ranked.Policy;
        json.WriteNumber("policyId"u8, policy.PolicyId);
        json.WriteString("partition"u8, policy.Partition);
        json.WriteNumber("priority"u8, ranked.Priority);
        WriteMatch(json, policy.Peer, policy.Direction, policy.EtherType, policy.Protocol, policy.Port);
        json.WriteString("action"u8, $"{policy.Action}");
        json.WriteString("to"u8, policy.To);
        json.WriteBoolean("staged"u8, ranked.IsStaged);
    }

    private static void WriteMatch(Utf8JsonWriter json, PartitionPeer peer, TrafficDirection? direction, int? etherType, IpProtocol protocol, IReadOnlyList<PortRange> ports)
    {
        json.WriteString("peer"u8, $"{peer}");
        json.WriteString("direction"u8, direction?.ToString());
        if (etherType is { } number)
        {
            json.WriteNumber("etherType"u8, number);
        }
        else
        {
            json.WriteNull("etherType"u8);
        }

        json.WriteString("protocol"u8, $"{protocol}");
        json.WriteString("ports"u8, string.Join(',', ports));
    }

    /// <summary>The records and their classes: those with the same partitions are of one.</summary>
    private static void WriteInterfaces(Utf8JsonWriter json, EnforcementView view, MacInterface[] records)
    {
        var classes = new List<IReadOnlyList<int>> { Array.Empty<int>() };
        var numberOf = new Dictionary<string, int>(StringComparer.Ordinal) { [string.Empty] = 0 };
        int[] classOf = new int[records.Length];
        for (int i = 0; i < records.Length; i++)
        {
            var places = view.Index.Find(records[i].Tag);
            string set = string.Join(',', places);
            if (!numberOf.TryGetValue(set, out classOf[i]))
            {
                classOf[i] = classes.Count;
                numberOf.Add(set, classOf[i]);
                classes.Add(places);
            }
        }

        WriteAll(json, "classes"u8, classes.Select((places, number) => (places, number)), (json, one) =>
        {
            json.WriteNumber("class"u8, one.number);
            json.WriteStartArray("partitions"u8);
            foreach (var partition in one.places.Select(place => view.Index.Partitions[place]).OrderByDescending(partition => partition.Priority).ThenBy(partition => partition.Name, StringComparer.Ordinal))
            {
                json.WriteStringValue(partition.Name);
            }

            json.WriteEndArray();
        });
        WriteAll(json, "interfaces"u8, records.Zip(classOf), static (json, one) =>
        {
            var (record, number) = one;
            json.WriteString("name"u8, record.Name);
            json.WriteNumber("vlanId"u8, record.VlanId);
            json.WriteString("macAddress"u8, $"{record.MacAddress}");
            WriteTexts(json, "ipAddresses"u8, record.IPAddress);
            WriteAll(json, "addressPairs"u8, record.AddressPair, static (json, pair) =>
            {
                json.WriteString("macAddress"u8, $"{pair.MacAddress}");
                json.WriteString("ipAddress"u8, $"{pair.IPAddress}");
            });
            WriteTags(json, "tags"u8, record.Tag);
            json.WriteNumber("class"u8, number);
        });
    }

    private static void WriteAll<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            writeMembers(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<T> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue($"{item}");
        }

        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<MacTag> tags)
    {
        json.WriteStartArray(name);
        foreach (var tag in tags)
        {
            json.WriteRawValue(tag.Json);
        }

        json.WriteEndArray();
    }
}
