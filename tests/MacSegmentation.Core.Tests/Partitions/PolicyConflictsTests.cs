using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

public sealed class PolicyConflictsTests
{
    private static readonly MacPartitionPolicy Redirect = new() { Partition = string.Empty, Peer = PartitionPeer.Any, Protocol = IpProtocol.Tcp, Port = [new PortRange(80, 90)], Action = PartitionAction.Redirect, To = "probe" };
    private static readonly MacPartitionPolicy Everything = new() { Partition = string.Empty, Peer = PartitionPeer.Any, Action = PartitionAction.Deny };

    [Fact]
    public void Two_that_only_names_tell_apart_are_a_tie_with_a_packet_that_both_match()
    {
        // Both redirect as many ports with the same priority, to different places.
        var tie = Assert.Single(Find(
            [Partition("old", 100, Redirect with { PolicyId = 1, Port = [new PortRange(85, 95)], To = "other" }), Partition("web", 100, Redirect with { PolicyId = 2 })],
            Record("a", "web", "old"),
            Record("b")));
        Assert.Equal((PolicyConflictKind.Tie, 1, "old", 2, "web"), (tie.Kind, tie.PolicyId, tie.Partition, tie.OtherPolicyId, tie.OtherPartition));
        Assert.Equal(("a", "b", 0x0800, IpProtocol.Tcp, 85), (tie.From, tie.To, tie.EtherType, tie.Protocol, tie.Port));
        Assert.Contains("'old' comes before 'web' by name", tie.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_priority_a_narrower_match_or_a_stricter_action_decides_is_no_tie()
    {
        MacInterface[] records = [Record("a", "web", "old"), Record("b")];
        Assert.Empty(Find([Partition("old", 100, Redirect with { PolicyId = 1, To = "other", Port = [new PortRange(85, 95)] }), Partition("web", 101, Redirect with { PolicyId = 2 })], records));
        Assert.Empty(Find([Partition("old", 100, Redirect with { PolicyId = 1, To = "other", Port = [new PortRange(85, 96)] }), Partition("web", 100, Redirect with { PolicyId = 2 })], records));
        Assert.Empty(Find([Partition("old", 100, Redirect with { PolicyId = 1, Action = PartitionAction.Deny, To = null, Port = [new PortRange(85, 95)] }), Partition("web", 100, Redirect with { PolicyId = 2 })], records));

        // The same in both, and no packet in common.
        Assert.Empty(Find([Partition("old", 100, Redirect with { PolicyId = 1, Port = [new PortRange(85, 95)] }), Partition("web", 100, Redirect with { PolicyId = 2 })], records));
        Assert.Empty(Find([Partition("old", 100, Redirect with { PolicyId = 1, To = "other", Port = [new PortRange(91, 101)] }), Partition("web", 100, Redirect with { PolicyId = 2 })], records));
    }

    [Fact]
    public void The_packet_of_frames_that_are_no_IP_has_no_protocol_and_no_port()
    {
        var lldp = Everything with { PolicyId = 1, EtherType = 0x88CC, Action = PartitionAction.Redirect, To = "other" };
        var shadowed = Assert.Single(Find([Partition("old", 100, lldp), Partition("web", 100, lldp with { PolicyId = 2, To = "probe" })], Record("a", "web", "old"), Record("b")));
        Assert.Equal((PolicyConflictKind.Shadowed, 0x88CC, IpProtocol.Any, null), (shadowed.Kind, shadowed.EtherType, shadowed.Protocol, shadowed.Port));
        Assert.Contains("a tie", shadowed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_never_decides_is_shadowed_or_redundant()
    {
        MacInterface[] records = [Record("a", "web", "old"), Record("b")];
        var shadowed = Assert.Single(Find([Partition("old", 200, Everything with { PolicyId = 1 }), Partition("web", 100, Redirect with { PolicyId = 2, Direction = TrafficDirection.Inbound })], records));
        Assert.Equal((PolicyConflictKind.Shadowed, 1, 2), (shadowed.Kind, shadowed.PolicyId, shadowed.OtherPolicyId));
        Assert.Equal(("b", "a", IpProtocol.Tcp, 80), (shadowed.From, shadowed.To, shadowed.Protocol, shadowed.Port));
        Assert.Contains("priority 200 is greater than 100", shadowed.Reason, StringComparison.Ordinal);

        var redundant = Assert.Single(Find([Partition("old", 200, Everything with { PolicyId = 1 }), Partition("web", 100, Redirect with { PolicyId = 2, Action = PartitionAction.Deny, To = null })], records));
        Assert.Equal((PolicyConflictKind.Redundant, 1, 2), (redundant.Kind, redundant.PolicyId, redundant.OtherPolicyId));
    }

    [Fact]
    public void One_that_decides_between_some_records_is_no_shadow_of_itself()
    {
        MacPartition[] partitions = [Partition("old", 200, Everything with { PolicyId = 1 }), Partition("web", 100, Redirect with { PolicyId = 2 })];
        Assert.Single(Find(partitions, Record("a", "web", "old"), Record("b")));
        Assert.Empty(Find(partitions, Record("a", "web", "old"), Record("b"), Record("c", "web")));

        // It does not decide in another VLAN where nobody else is.
        Assert.Single(Find(partitions, Record("a", "web", "old"), Record("b"), Record("c", "web") with { VlanId = 20 }));
    }

    [Fact]
    public void Two_records_of_one_class_talk_to_each_other()
    {
        MacPartition[] partitions = [Partition("old", 200, Everything with { PolicyId = 1, Peer = PartitionPeer.OfPartition("OLD") }), Partition("web", 100, Everything with { PolicyId = 2, Peer = PartitionPeer.OfPartition("web"), Action = PartitionAction.Allow })];
        Assert.Empty(Find(partitions, Record("a", "web", "old")));
        var shadowed = Assert.Single(Find(partitions, Record("a", "web", "old"), Record("b", "web", "old")));
        Assert.Equal(("a", "b", IpProtocol.Tcp, 80), (shadowed.From, shadowed.To, shadowed.Protocol, shadowed.Port));
    }

    [Fact]
    public void What_is_staged_and_what_mirrors_is_in_nobody_s_way()
    {
        MacInterface[] records = [Record("a", "web", "old"), Record("b")];
        Assert.Empty(Find([Partition("old", 200, Everything with { PolicyId = 1, IsStaged = true }), Partition("web", 100, Redirect with { PolicyId = 2 })], records));
        Assert.Empty(Find([Partition("old", 200, Everything with { PolicyId = 1 }) with { IsStaged = true }, Partition("web", 100, Redirect with { PolicyId = 2 })], records));
        Assert.Empty(Find([Partition("old", 200, Everything with { PolicyId = 1, Action = PartitionAction.Mirror, To = "x" }), Partition("web", 100, Redirect with { PolicyId = 2 })], records));
    }

    [Fact]
    public void A_pair_is_told_once_however_many_records_show_it_and_the_search_can_be_ended()
    {
        MacPartition[] partitions = [Partition("old", 200, Everything with { PolicyId = 1 }), Partition("web", 100, Redirect with { PolicyId = 2 }), Partition("x", 50)];
        MacInterface[] records = [.. Enumerable.Range(0, 9).Select(i => Record($"r{i}", i % 3 == 0 ? ["web", "old", "x"] : i % 3 == 1 ? ["web", "old"] : ["none"]))];
        Assert.Single(Find(partitions, records));
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.Throws<OperationCanceledException>(() => PolicyConflicts.Find(new PartitionIndex(partitions, default), records, ended.Token).ToList());
    }

    [Fact]
    public void A_merged_list_says_which_policies_decide_and_why_others_do_not()
    {
        MacPartition[] partitions =
        [
            Partition("old", 200, Redirect with { PolicyId = 1, Order = 1 }, Redirect with { PolicyId = 2, Order = 2, Port = [new PortRange(81, 82)] }),
            Partition("web", 100, Everything with { PolicyId = 3, Action = PartitionAction.Mirror, To = "x" }, Everything with { PolicyId = 4, IsStaged = true }, Redirect with { PolicyId = 5, Port = [new PortRange(85, 85)] }, Everything with { PolicyId = 6 }),
        ];
        var index = new PartitionIndex(partitions, ConflictResolution.HighestPriority);
        var explained = PolicyResolution.Explain(index.Merge([0, 1], [], 10), index.Precedence, PartitionAction.Allow, "VLAN 10 allows.");
        Assert.Equal(
            [
                "1: 2 True It decides what it matches first.",
                "2: 1 True It decides what it matches first.",
                "3: 5 False Policy 1 of 'old' matches all that it does, and comes first: priority 200 is greater than 100.",
                "4: 4 False Staged: it is counted and decides nothing.",
                "5: 6 True It decides what it matches first.",
                "6: 3 False Mirror decides nothing: it copies what it matches.",
                "7: 0 False A policy before it matches everything.",
            ],
            explained.Select(one => $"{one.Rank}: {one.PolicyId} {one.IsDeciding} {one.Reason}"));
        var open = PolicyResolution.Explain(index.Merge([0], [], 10), index.Precedence, PartitionAction.Allow, "VLAN 10 allows.");
        Assert.Equal((3, PartitionAction.Allow, true, "VLAN 10 allows.", null), (open[^1].Rank, open[^1].Action, open[^1].IsDeciding, open[^1].Reason, open[^1].Partition));
    }

    private static List<MacPolicyConflict> Find(MacPartition[] partitions, params MacInterface[] records) =>
        [.. PolicyConflicts.Find(new PartitionIndex(partitions, ConflictResolution.HighestPriority), records, TestContext.Current.CancellationToken)];

    /// <summary>A partition of the records that have its name as their tag.</summary>
    private static MacPartition Partition(string name, int priority, params MacPartitionPolicy[] policies) => new()
    {
        Name = name,
        Priority = priority,
        Tag = [MacTag.OfText(name)],
        Policy = [.. policies.Select((policy, place) => policy with { Partition = name, Order = place + 1 })],
    };

    private static MacInterface Record(string name, params string[] tags) => new() { Name = name, VlanId = 10, MacAddress = new MacAddress(1), InstanceId = name, Tag = [.. tags.Select(MacTag.OfText)] };
}
