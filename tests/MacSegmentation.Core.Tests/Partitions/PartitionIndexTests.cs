using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

public sealed class PartitionIndexTests
{
    private static readonly Gen<(int EtherType, IpProtocol Protocol, int? Port)> Packet = Gen.OneOf(
        from type in Gen.Elements(0x0800, 0x86DD) from protocol in Gen.Elements(IpProtocol.Tcp, IpProtocol.Udp) from port in Gen.Elements(79, 80, 85, 443, 65535) select (type, protocol, (int?)port),
        Gen.Elements((0x0800, IpProtocol.Icmp, (int?)null), (0x88CC, IpProtocol.Any, null), (0x88CD, IpProtocol.Any, null), (0x0800, new IpProtocol(112), null)));

    [Fact]
    public void A_record_is_in_the_partitions_that_select_its_tags() => Property.Holds(
        from partitions in PartitionGenerator.Store from records in PartitionGenerator.Tags.ArrayOf(6) select (partitions, records),
        one =>
        {
            var index = new PartitionIndex(one.partitions, ConflictResolution.HighestPriority);
            foreach (var tags in one.records)
            {
                int[] expected = [.. one.partitions.Index().Where(partition => partition.Item.Selects(tags)).Select(partition => partition.Index)];
                Assert.Equal(expected, index.Find(tags));

                // What was kept from the first time is the same the second time.
                Assert.Equal(expected, index.Find([.. tags.Reverse()]));
            }
        },
        count: 1000);

    [Fact]
    public void A_partition_selects_what_has_its_tags_and_lacks_what_it_must_lack()
    {
        MacTag prod = MacTag.OfText("prod"), shop = MacTag.OfJson("""{"app":"shop"}"""), shopTest = MacTag.OfJson("""{"app":"shop","env":"test"}"""), live = MacTag.OfJson("""{"env":"prod"}""");
        var all = new MacPartition { Name = "all", Tag = [prod, shop] };
        Assert.True(all.Selects([shopTest, prod]));
        Assert.False(all.Selects([prod]));
        Assert.False(all.Selects([]));
        var any = all with { Match = PartitionMatch.Any };
        Assert.True(any.Selects([prod]));
        Assert.False(any.Selects([live]));
        Assert.False((any with { NotTag = [prod] }).Selects([shop, prod]));
        var lacking = new MacPartition { Name = "lacking", Match = PartitionMatch.Any, NotTag = [live] };
        Assert.True(lacking.Selects([shopTest]));
        Assert.False(lacking.Selects([shop]));
        Assert.False(lacking.Selects([]));
        Assert.True((lacking with { NotTag = [prod] }).Selects([]));
    }

    [Theory]
    [InlineData(ConflictResolution.HighestPriority)]
    [InlineData(ConflictResolution.Strictest)]
    public void The_first_of_the_merged_list_that_matches_is_the_one_that_the_definition_names(ConflictResolution resolution)
    {
        int decided = 0;
        var cases =
            from partitions in PartitionGenerator.Store
            from source in PartitionGenerator.Tags
            from destination in PartitionGenerator.Tags
            from vlanId in Gen.Elements(10, 20, 30)
            from packets in Packet.ArrayOf(8)
            select (partitions, source, destination, vlanId, packets);
        Property.Holds(cases, one =>
        {
            var index = new PartitionIndex(one.partitions, resolution);
            var merged = index.Merge(index.Find(one.source), index.Find(one.destination), one.vlanId);
            Assert.Equal(merged.Count, merged.DistinctBy(ranked => ranked.Policy.PolicyId).Count());
            foreach (var (etherType, protocol, port) in one.packets)
            {
                var first = merged.FirstOrDefault(ranked => !ranked.IsStaged && ranked.Policy.Action != PartitionAction.Mirror && ranked.Policy.Matches(etherType, protocol, port));
                var expected = Plainly(one.partitions, one.source, one.destination, one.vlanId, resolution, etherType, protocol, port);
                Assert.Equal(expected?.PolicyId, first?.Policy.PolicyId);
                decided += first is null ? 0 : 1;
            }
        }, count: 2000);
        Assert.InRange(decided, 1000, 15_000);
    }

    /// <summary>The definition, one policy after the other: each is asked whether it is about this packet, and of two that are, the one that comes first is kept.</summary>
    private static MacPartitionPolicy? Plainly(
        MacPartition[] partitions, MacTag[] source, MacTag[] destination, int vlanId, ConflictResolution resolution, int etherType, IpProtocol protocol, int? port)
    {
        var precedence = new PolicyPrecedence(resolution);
        RankedPolicy? best = null;
        foreach (var partition in partitions.Where(partition => !partition.IsStaged))
        {
            foreach (var policy in partition.Policy.Where(policy => !policy.IsStaged && policy.Action != PartitionAction.Mirror))
            {
                bool sends = partition.Selects(source) && policy.Direction != TrafficDirection.Inbound && IsPeer(policy.Peer, destination);
                bool receives = partition.Selects(destination) && policy.Direction != TrafficDirection.Outbound && IsPeer(policy.Peer, source);
                bool isPacket = (policy.EtherType ?? etherType) == etherType
                    && (policy.Protocol.Number is null || policy.Protocol.Number == protocol.Number)
                    && (policy.Port.Count == 0 || policy.Port.Any(range => range.First <= port && port <= range.Last));
                var ranked = new RankedPolicy(policy, partition.Priority, IsStaged: false);
                if ((sends || receives) && isPacket && (best is null || precedence.Compare(ranked, best) < 0))
                {
                    best = ranked;
                }
            }
        }

        return best?.Policy;

        bool IsPeer(PartitionPeer peer, MacTag[] other) =>
            peer.PartitionName is { } name
                ? partitions.Any(partition => string.Equals(partition.Name, name, StringComparison.OrdinalIgnoreCase) && partition.Selects(other))
                : peer.VlanId == 0 || peer.VlanId == vlanId;
    }

    [Fact]
    public void What_covers_matches_all_that_the_other_one_matches_and_what_overlaps_some() => Property.Holds(
        from policies in PartitionGenerator.Policy.Two() from packets in Packet.ArrayOf(10) select (policies.Item1, policies.Item2, packets),
        one =>
        {
            var (left, right, packets) = one;
            foreach (var (etherType, protocol, port) in packets)
            {
                bool both = left.Matches(etherType, protocol, port) && right.Matches(etherType, protocol, port);
                Assert.True(!left.Covers(right) || !right.Matches(etherType, protocol, port) || both);
                Assert.True(!both || (left.Overlaps(right) && right.Overlaps(left)));
            }

            Assert.Equal(left.Overlaps(right), Sample(left, right).Any(packet =>
                left.Matches(packet.EtherType, packet.Protocol, packet.Port) && right.Matches(packet.EtherType, packet.Protocol, packet.Port)));
        },
        count: 3000);

    /// <summary>Packets of all kinds that policies of the generator tell apart.</summary>
    private static IEnumerable<(int EtherType, IpProtocol Protocol, int? Port)> Sample(params MacPartitionPolicy[] policies)
    {
        foreach (int etherType in (int[])[0x0800, 0x86DD])
        {
            foreach (var protocol in (IpProtocol[])[IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp, new(112)])
            {
                foreach (int port in policies.SelectMany(policy => policy.Port).SelectMany(range => (int[])[range.First, range.Last]).Append(1))
                {
                    yield return (etherType, protocol, protocol.HasPorts ? port : null);
                }
            }
        }

        yield return (0x88CC, IpProtocol.Any, null);
        yield return (0x9999, IpProtocol.Any, null);
    }
}
