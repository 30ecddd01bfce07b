using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Partitions;

public sealed class PolicyPrecedenceTests
{
    public static TheoryData<ConflictResolution> Resolutions => [.. Enum.GetValues<ConflictResolution>()];

    [Theory]
    [MemberData(nameof(Resolutions))]
    public void It_is_a_total_order(ConflictResolution resolution)
    {
        var precedence = new PolicyPrecedence(resolution);
        Property.Holds(PartitionGenerator.Ranked.Three(), policies =>
        {
            var (a, b, c) = policies;
            Assert.Equal(0, precedence.Compare(a, a));
            Assert.Equal(Math.Sign(precedence.Compare(a, b)), -Math.Sign(precedence.Compare(b, a)));
            Assert.True(precedence.Compare(a, b) > 0 || precedence.Compare(b, c) > 0 || precedence.Compare(a, c) <= 0);

            // Two are alike only if they are the same policy's: a partition has each of its places once.
            bool isSamePlace = string.Equals(a.Policy.Partition, b.Policy.Partition, StringComparison.Ordinal) && a.Policy.Order == b.Policy.Order;
            Assert.True(precedence.Compare(a, b) != 0 || isSamePlace);
        }, count: 3000);
    }

    [Theory]
    [MemberData(nameof(Resolutions))]
    public void It_is_the_one_that_is_written_down(ConflictResolution resolution)
    {
        var precedence = new PolicyPrecedence(resolution);
        Property.Holds(PartitionGenerator.Ranked.Two(), pair =>
            Assert.Equal(Math.Sign(Plainly(pair.Item1, pair.Item2, resolution)), Math.Sign(precedence.Compare(pair.Item1, pair.Item2))), count: 3000);
    }

    [Fact]
    public void Each_step_decides_where_those_before_are_alike()
    {
        var plain = new RankedPolicy(new MacPartitionPolicy { Partition = "b", Order = 2, Peer = PartitionPeer.Any, Action = PartitionAction.Deny }, 100, IsStaged: false);
        (PrecedenceStep Step, RankedPolicy First)[] steps =
        [
            (PrecedenceStep.Priority, plain with { Priority = 101 }),
            (PrecedenceStep.Peer, Policy(plain.Policy with { Peer = PartitionPeer.OfVlan(10) })),
            (PrecedenceStep.Protocol, Policy(plain.Policy with { Protocol = IpProtocol.Tcp })),
            (PrecedenceStep.EtherType, Policy(plain.Policy with { EtherType = 0x88CC })),
            (PrecedenceStep.Direction, Policy(plain.Policy with { Direction = TrafficDirection.Inbound })),
            (PrecedenceStep.Action, Policy(plain.Policy with { Action = PartitionAction.Drop })),
            (PrecedenceStep.PartitionName, Policy(plain.Policy with { Partition = "a" })),
            (PrecedenceStep.Order, Policy(plain.Policy with { Order = 1 })),
        ];
        var precedence = new PolicyPrecedence(ConflictResolution.HighestPriority);
        Assert.All(steps, one =>
        {
            Assert.True(precedence.Compare(one.First, plain, out var step) < 0);
            Assert.Equal(one.Step, step);
        });

        // What decides earlier decides whatever the later ones say.
        foreach (var (earlier, later) in steps.Zip(steps.Skip(1)))
        {
            Assert.True(precedence.Compare(earlier.First, later.First) < 0);
        }

        var tcp = Policy(plain.Policy with { Protocol = IpProtocol.Tcp });
        Assert.True(precedence.Compare(Policy(tcp.Policy with { Port = [new PortRange(80, 89)] }), Policy(tcp.Policy with { Port = [new PortRange(1, 5), new PortRange(7, 12)] }), out var ports) < 0);
        Assert.Equal(PrecedenceStep.Ports, ports);
        Assert.True(precedence.Compare(Policy(plain.Policy with { Peer = PartitionPeer.OfPartition("x") }), steps[1].First) < 0);

        // With strictness first, a priority decides between two that are as strict only.
        var strictest = new PolicyPrecedence(ConflictResolution.Strictest);
        Assert.True(strictest.Compare(steps[5].First, steps[0].First, out var strict) < 0);
        Assert.Equal(PrecedenceStep.Action, strict);
        Assert.True(strictest.Compare(steps[0].First, plain) < 0);

        RankedPolicy Policy(MacPartitionPolicy policy) => plain with { Policy = policy };
    }

    /// <summary>The order, said once more as a table of numbers: the first that differs decides, the greater one comes first.</summary>
    private static int Plainly(RankedPolicy left, RankedPolicy right, ConflictResolution resolution)
    {
        foreach (var (one, other) in Numbers(left).Zip(Numbers(right)))
        {
            if (one != other)
            {
                return one > other ? -1 : 1;
            }
        }

        int names = string.CompareOrdinal(left.Policy.Partition, right.Policy.Partition);
        return names != 0 ? names : left.Policy.Order - right.Policy.Order;

        long[] Numbers(RankedPolicy one)
        {
            var policy = one.Policy;
            long ports = policy.Port.Count == 0 ? 65536 : policy.Port.Sum(range => (long)Enumerable.Range(range.First, range.Last - range.First + 1).Count());
            long strictness = Array.IndexOf([PartitionAction.Mirror, PartitionAction.Allow, PartitionAction.Redirect, PartitionAction.Deny, PartitionAction.Drop], policy.Action);
            return
            [
                resolution == ConflictResolution.Strictest ? strictness : 0,
                one.Priority,
                policy.Peer.PartitionName is not null ? 2 : policy.Peer.VlanId != 0 ? 1 : 0,
                policy.Protocol.Number is null ? 0 : 1,
                -ports,
                policy.EtherType.HasValue ? 1 : 0,
                policy.Direction.HasValue ? 1 : 0,
                strictness,
            ];
        }
    }
}
