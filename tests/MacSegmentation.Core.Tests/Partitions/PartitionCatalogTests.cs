using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Partitions;

public sealed class PartitionCatalogTests
{
    private static readonly MacTag Prod = MacTag.OfText("prod");
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public PartitionCatalogTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")] }));
        Create("shop");
    }

    [Fact]
    public void A_partition_exists_once_whatever_its_case_and_gets_the_lowest_free_number()
    {
        var partition = store.Write(w => PartitionCatalog.Create(w, new PartitionRequest
        {
            Name = "db",
            Priority = 300,
            Match = PartitionMatch.Any,
            Tag = [Prod, MacTag.OfInteger(1), Prod],
            NotTag = [MacTag.OfText("old")],
            IsStaged = true,
        }));
        Assert.Equal((2, "db", 300, PartitionMatch.Any, true), (partition.Id, partition.Name, partition.Priority, partition.Match, partition.IsStaged));
        Assert.Equal([Prod, MacTag.OfInteger(1)], partition.Tag);
        Assert.Equal((AuditAction.CreatePartition, "db", "number 2, priority 300, with prod or 1, without old, staged"), LastEvent());
        Assert.Equal(2, store.Read(r => PartitionCatalog.Get(r, "DB")).Id);
        Assert.Contains("'db'", Fails("PartitionExists", () => Create("Db")).Message, StringComparison.Ordinal);
        Assert.Equal(4, Create("four", id: 4).Id);
        Assert.Equal(3, Create("three").Id);
        Assert.Equal(5, Create("five").Id);
        Assert.Equal(65535, Create("last", id: 65535).Id);
    }

    [Fact]
    public void What_makes_no_partition_is_refused()
    {
        foreach (string name in new[] { "", " ", "a*", "a\tb", "vlan:20", "VLAN:x", new string('n', 65) })
        {
            Fails("InvalidPartitionName", () => Create(name));
            Fails("InvalidPartitionName", () => store.Read(r => PartitionCatalog.Get(r, name)));
        }

        Fails("PartitionNotFound", () => store.Read(r => PartitionCatalog.Get(r, "nobody")));
        Fails("InvalidPartitionId", () => Create("x", id: 0));
        Fails("InvalidPartitionId", () => Create("x", id: 65536));
        Assert.Contains("'shop'", Fails("PartitionIdTaken", () => Create("x", id: 1)).Message, StringComparison.Ordinal);
        Fails("PartitionIdTaken", () => Create("x", id: 1, takesRetired: true));
        Fails("InvalidPartitionPriority", () => Change(new PartitionChange { Priority = -1 }));
        Fails("InvalidPartitionPriority", () => Change(new PartitionChange { Priority = 65536 }));
        Fails("InvalidPartitionPriority", () => store.Write(w => PartitionCatalog.Create(w, new PartitionRequest { Name = "x", Tag = [Prod], Priority = 65536 })));
        Fails("PartitionWithoutTags", () => Change(new PartitionChange { Tag = [] }));
        Fails("PartitionWithoutTags", () => store.Write(w => PartitionCatalog.Create(w, new PartitionRequest { Name = "x" })));
        Fails("TooManyTags", () => Change(new PartitionChange { Tag = [.. Numbers(65)] }));
        Fails("TooManyTags", () => Change(new PartitionChange { Tag = [.. Numbers(33)], NotTag = [.. Numbers(32)] }));
        Assert.Equal(64, Change(new PartitionChange { Tag = [.. Numbers(32)], NotTag = [.. Numbers(32)] }).Tag.Count * 2);
        Fails("PartitionNotFound", () => store.Write(w => PartitionCatalog.Change(w, "nobody", new PartitionChange())));

        static IEnumerable<MacTag> Numbers(int count) => Enumerable.Range(0, count).Select(i => MacTag.OfInteger(i));
    }

    [Fact]
    public void A_change_changes_what_it_names_and_one_of_nothing_leaves_no_trace()
    {
        var before = store.Read(r => PartitionCatalog.Get(r, "shop"));
        AddPolicy(new PartitionPolicyRequest { Partition = "shop", Action = PartitionAction.Deny });
        long revision = store.ReadRevision();
        Change(new PartitionChange { Priority = 100, Tag = [Prod, Prod], IsStaged = false, Match = PartitionMatch.All, NotTag = [] });
        Change(new PartitionChange());
        Assert.Equal(revision, store.ReadRevision());

        Change(new PartitionChange { Priority = 0 });
        Change(new PartitionChange { Match = PartitionMatch.Any, NotTag = [MacTag.OfJson("{\"a\":1}")] });
        Change(new PartitionChange { IsStaged = true, Tag = [] });
        var after = store.Read(r => PartitionCatalog.Get(r, "SHOP"));
        Assert.Equal((before.Id, "shop", 0, PartitionMatch.Any, true, 0, 1), (after.Id, after.Name, after.Priority, after.Match, after.IsStaged, after.Tag.Count, after.NotTag.Count));
        Assert.Single(after.Policy);
        Assert.Equal(revision + 3, store.ReadRevision());
        Assert.Equal((AuditAction.ChangePartition, "shop", "priority 0, without {\"a\":1}, staged"), LastEvent());
    }

    [Fact]
    public void The_number_of_a_removed_partition_is_kept_back_for_a_day()
    {
        Create("two");
        store.Write(w => PartitionCatalog.Remove(w, "SHOP"));
        Assert.Equal((AuditAction.RemovePartition, "shop", "number 1"), LastEvent());
        Assert.Equal(3, Create("three").Id);
        var error = Fails("PartitionIdRetired", () => Create("one", id: 1));
        Assert.Contains("partition 'shop' until 2026-01-01 00:00:00Z", error.Message, StringComparison.Ordinal);
        Assert.Contains("wait until 2026-01-02 00:00:00Z", error.Message, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Fails("PartitionIdRetired", () => Create("one", id: 1));
        Assert.Equal(4, Create("four").Id);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, Create("one").Id);

        // It is taken all the same by who says so, and then belongs to the new one.
        store.Write(w => PartitionCatalog.Remove(w, "two"));
        Fails("PartitionIdRetired", () => Create("again", id: 2));
        Assert.Equal(2, Create("again", id: 2, takesRetired: true).Id);
        Assert.Empty(store.Read(r => r.ListRetiredPartitions()));
    }

    [Fact]
    public void How_long_a_number_is_kept_back_is_a_setting_of_the_store()
    {
        Fails("InvalidIdReuseDelay", () => Settings(TimeSpan.FromTicks(-1)));
        Fails("InvalidIdReuseDelay", () => Settings(TimeSpan.FromDays(3650) + TimeSpan.FromTicks(1)));
        Settings(TimeSpan.FromDays(3650));
        Assert.Equal((AuditAction.ChangePartitionSettings, "partitions", "conflict resolution Strictest, numbers kept back for 3650d"), LastEvent());
        long revision = store.ReadRevision();
        Settings(TimeSpan.FromDays(3650));
        Assert.Equal(revision, store.ReadRevision());

        store.Write(w => PartitionCatalog.Remove(w, "shop"));
        time.Advance(TimeSpan.FromDays(3649));
        Fails("PartitionIdRetired", () => Create("one", id: 1));

        // What holds is what the store says now, also for numbers that came back before.
        Settings(TimeSpan.Zero);
        Assert.Equal(1, Create("one", id: 1).Id);
    }

    [Fact]
    public void When_all_numbers_are_used_or_kept_back_there_is_none()
    {
        store.Write(w =>
        {
            for (int id = 2; id <= MacPartition.MaxId; id++)
            {
                w.InsertPartition(new MacPartition { Id = id, Name = $"p{id}", Tag = [Prod] });
            }

            return 0;
        });
        store.Write(w => PartitionCatalog.Remove(w, "p7"));
        Assert.Contains("(65534) or kept back (1)", Fails("PartitionIdsExhausted", () => Create("x")).Message, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(7, Create("x").Id);
    }

    [Fact]
    public void A_partition_that_others_name_stays()
    {
        Create("db");
        AddPolicy(new PartitionPolicyRequest { Partition = "db", Peer = PartitionPeer.OfPartition("SHOP"), Action = PartitionAction.Allow });
        Assert.Contains("policies of 'db':", Fails("PartitionInUse", () => store.Write(w => PartitionCatalog.Remove(w, "shop"))).Message, StringComparison.Ordinal);

        // What a partition says of itself is no other's use of it.
        AddPolicy(new PartitionPolicyRequest { Partition = "db", Peer = PartitionPeer.OfPartition("db"), Action = PartitionAction.Allow });
        store.Write(w => PartitionCatalog.Remove(w, "db"));
        store.Write(w => PartitionCatalog.Remove(w, "shop"));
        Fails("PartitionNotFound", () => store.Write(w => PartitionCatalog.Remove(w, "shop")));
    }

    [Fact]
    public void A_policy_stands_last_or_at_its_place_and_names_its_peer_as_it_is_spelled()
    {
        Create("Db");
        var first = AddPolicy(new PartitionPolicyRequest
        {
            Partition = "SHOP",
            Peer = PartitionPeer.OfPartition("dB"),
            Direction = TrafficDirection.Outbound,
            Protocol = IpProtocol.Tcp,
            Port = [new PortRange(81, 90), new PortRange(443, 443), new PortRange(80, 80)],
            Action = PartitionAction.Redirect,
            To = "probe",
            IsStaged = true,
        });
        Assert.Equal((1, "shop", "Db"), (first.Order, first.Partition, first.Peer.PartitionName));
        Assert.Equal("Outbound Tcp 80-90,443 with Db: Redirect to probe, staged", first.ToString());
        Assert.Equal((AuditAction.AddPartitionPolicy, first.ToString(), "to partition 'shop' as 1"), LastEvent());
        Assert.Equal(7, AddPolicy(Plain() with { Order = 7 }).Order);
        Assert.Equal(8, AddPolicy(Plain() with { EtherType = 0x88CC }).Order);
        Assert.Equal(3, AddPolicy(Plain() with { EtherType = 0x88CD, Order = 3 }).Order);
        Assert.Equal([1, 3, 7, 8], store.Read(r => PartitionCatalog.Get(r, "shop")).Policy.Select(policy => policy.Order));
        Assert.Equal(first.PolicyId, store.Read(r => PartitionCatalog.GetPolicy(r, first.PolicyId)).PolicyId);

        store.Write(w => PartitionCatalog.RemovePolicy(w, first.PolicyId));
        Assert.Equal((AuditAction.RemovePartitionPolicy, first.ToString(), "of partition 'shop'"), LastEvent());
        Fails("PartitionPolicyNotFound", () => store.Write(w => PartitionCatalog.RemovePolicy(w, first.PolicyId)));
        Fails("PartitionPolicyNotFound", () => store.Read(r => PartitionCatalog.GetPolicy(r, 0)));
    }

    [Fact]
    public void What_makes_no_policy_is_refused_new_and_as_a_change()
    {
        AddPolicy(Plain() with { Protocol = IpProtocol.Tcp });
        long policy = AddPolicy(Plain() with { Protocol = IpProtocol.Udp }).PolicyId;
        Refused("PortsNeedTcpOrUdp", request => request with { Protocol = IpProtocol.Icmp, Port = [new PortRange(80, 80)] });
        Refused("InvalidPortRange", request => request with { Port = [new PortRange(81, 80)] });
        Refused("InvalidEtherType", request => request with { EtherType = 0x05FF, Protocol = IpProtocol.Any });
        Refused("InvalidEtherType", request => request with { EtherType = 0x10000, Protocol = IpProtocol.Any });
        Refused("InvalidEtherType", request => request with { EtherType = 0x88CC });
        Refused("RedirectWithoutPort", request => request with { Action = PartitionAction.Redirect });
        Refused("RedirectWithoutPort", request => request with { Action = PartitionAction.Mirror, To = " " });
        Refused("PortWithoutRedirect", request => request with { To = "probe" });
        Refused("InvalidOrder", request => request with { Order = 0 });
        Refused("VlanNotFound", request => request with { Peer = PartitionPeer.OfVlan(20) });
        Refused("PartitionNotFound", request => request with { Peer = PartitionPeer.OfPartition("nobody") });
        Refused("InvalidPartitionName", request => request with { Peer = PartitionPeer.OfPartition("a*") });
        Refused("PartitionPolicyOrderTaken", request => request with { Order = 1, EtherType = 0x0800 });
        Refused("PartitionPolicyExists", request => request with { Protocol = IpProtocol.Tcp, Order = 9 });
        Fails("PartitionNotFound", () => AddPolicy(Plain() with { Partition = "nobody" }));
        Fails("PartitionPolicyNotFound", () => store.Write(w => PartitionCatalog.ChangePolicy(w, 99, request => request)));

        void Refused(string errorId, Func<PartitionPolicyRequest, PartitionPolicyRequest> change)
        {
            Fails(errorId, () => AddPolicy(change(Plain() with { Protocol = IpProtocol.Udp })));
            Fails(errorId, () => store.Write(w => PartitionCatalog.ChangePolicy(w, policy, change)));
        }
    }

    [Fact]
    public void A_policy_is_changed_where_it_stands()
    {
        var before = AddPolicy(Plain());
        long revision = store.ReadRevision();
        store.Write(w => PartitionCatalog.ChangePolicy(w, before.PolicyId, request => request));
        store.Write(w => PartitionCatalog.ChangePolicy(w, before.PolicyId, request => request with { To = "", Order = null }));
        Assert.Equal(revision, store.ReadRevision());

        var after = store.Write(w => PartitionCatalog.ChangePolicy(w, before.PolicyId, request => request with { Partition = "other", Action = PartitionAction.Drop, Peer = PartitionPeer.OfVlan(10) }));
        Assert.Equal((before.PolicyId, "shop", 1, "with vlan:10: Drop"), (after.PolicyId, after.Partition, after.Order, after.ToString()));
        Assert.Equal((AuditAction.ChangePartitionPolicy, "with vlan:10: Drop", "of partition 'shop' as 1, was with *: Deny"), LastEvent());
        Assert.Equal(5, store.Write(w => PartitionCatalog.ChangePolicy(w, before.PolicyId, request => request with { Order = 5 })).Order);
        Assert.Equal("with vlan:10: Drop", Assert.Single(store.Read(r => PartitionCatalog.Get(r, "shop")).Policy).ToString());
    }

    [Fact]
    public void A_VLAN_that_is_a_peer_goes_by_force_only_and_takes_the_policies_along()
    {
        AddPolicy(Plain() with { Peer = PartitionPeer.OfVlan(10) });
        AddPolicy(Plain());
        Assert.Contains(
            "has 1 partition policy as a peer. Remove those with Remove-MacPartitionPolicy,",
            Fails("VlanInUse", () => store.Write(w => VlanCatalog.Remove(w, 10, force: false))).Message,
            StringComparison.Ordinal);
        store.Write(w => VlanCatalog.Remove(w, 10, force: true));
        Assert.Equal("with *: Deny", Assert.Single(store.Read(r => PartitionCatalog.Get(r, "shop")).Policy).ToString());
    }

    [Fact]
    public void Members_are_found_by_their_tags()
    {
        MacTag app = MacTag.OfJson("""{"app":"shop","env":"test"}""");
        Tagged("a", Prod);
        Tagged("b", Prod, app);
        Tagged("c", MacTag.OfInteger(7));
        Assert.True(Has(new PartitionChange { Tag = [Prod, MacTag.OfJson("""{"app":"shop"}""")] }));
        Assert.False(Has(new PartitionChange { Tag = [Prod, MacTag.OfInteger(7)] }));
        Assert.True(Has(new PartitionChange { Tag = [MacTag.OfText("none"), MacTag.OfInteger(7)], Match = PartitionMatch.Any }));
        Assert.False(Has(new PartitionChange { Tag = [MacTag.OfText("none"), MacTag.OfText("7")] }));
        Assert.True(Has(new PartitionChange { Tag = [Prod], NotTag = [app], Match = PartitionMatch.All }) is false);
        Assert.True(Has(new PartitionChange { Tag = [Prod], NotTag = [MacTag.OfJson("""{"env":"prod"}""")] }));
        Assert.True(Has(new PartitionChange { Tag = [], NotTag = [Prod] }));
        Assert.False(Has(new PartitionChange { Tag = [MacTag.OfInteger(7)], NotTag = [MacTag.OfInteger(7)] }));

        bool Has(PartitionChange change)
        {
            var partition = Change(change);
            return store.Read(r => PartitionCatalog.HasMembers(r, partition));
        }

        void Tagged(string name, params MacTag[] tags) => store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = name, VlanId = 10, Tag = tags }));
    }

    [Fact]
    public void A_record_s_tags_are_added_removed_and_set()
    {
        var record = store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "a", VlanId = 10, Tag = [MacTag.OfInteger(7), Prod, Prod] }));
        Assert.Equal(["prod", "7"], record.Tag.Select(tag => tag.ToString()));
        long revision = store.ReadRevision();
        Changed(new InterfaceChange { AddTag = [Prod], RemoveTag = [MacTag.OfText("7")] }, "prod", "7");
        Assert.Equal(revision, store.ReadRevision());
        Changed(new InterfaceChange { AddTag = [MacTag.OfText("7")], RemoveTag = [Prod] }, "\"7\"", "7");
        Assert.Equal((AuditAction.ChangeInterface, "a", "tagged \"7\", no longer tagged prod"), LastEvent());
        Changed(new InterfaceChange { Tag = [Prod, MacTag.OfInteger(1)], AddTag = [MacTag.OfInteger(2)], RemoveTag = [MacTag.OfInteger(1)] }, "prod", "2");
        MacTag[] many = [.. Enumerable.Range(0, 65).Select(i => MacTag.OfInteger(i))];
        Fails("TooManyTags", () => store.Write(w => InterfaceCatalog.Change(w, "a", new InterfaceChange { AddTag = many[..64] })));
        Fails("TooManyTags", () => store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "b", VlanId = 10, Tag = many })));
        Changed(new InterfaceChange { Tag = [] });

        void Changed(InterfaceChange change, params string[] expected) =>
            Assert.Equal(expected, store.Write(w => InterfaceCatalog.Change(w, "a", change)).Tag.Select(tag => tag.ToString()));
    }

    [Theory]
    [InlineData("shop", PeerKind.Partition, "shop")]
    [InlineData(" shop db ", PeerKind.Partition, "shop db")]
    [InlineData("VLAN:020", PeerKind.Vlan, "vlan:20")]
    [InlineData("vlan:4094", PeerKind.Vlan, "vlan:4094")]
    [InlineData("*", PeerKind.Any, "*")]
    [InlineData("", null, null)]
    [InlineData("vlan:", null, null)]
    [InlineData("vlan:0", null, null)]
    [InlineData("vlan:4095", null, null)]
    [InlineData("vlan:+5", null, null)]
    [InlineData("vlan:web", null, null)]
    public void A_peer_is_read_as_it_is_written(string text, PeerKind? kind, string? written)
    {
        Assert.Equal(kind is not null, PartitionPeer.TryParse(text, CultureInfo.InvariantCulture, out var peer));
        Assert.Equal((kind ?? PeerKind.Any, written ?? "*"), (peer.Kind, peer.ToString()));
        Assert.Equal(kind is null, Record.Exception(() => PartitionPeer.Parse(text, CultureInfo.InvariantCulture)) is FormatException);
    }

    private static PartitionPolicyRequest Plain() => new() { Partition = "shop", Action = PartitionAction.Deny };

    private MacPartition Create(string name, int? id = null, bool takesRetired = false) =>
        store.Write(w => PartitionCatalog.Create(w, new PartitionRequest { Name = name, Id = id, TakesRetiredId = takesRetired, Tag = [Prod] }));

    private MacPartition Change(PartitionChange change) => store.Write(w => PartitionCatalog.Change(w, "shop", change));

    private MacPartitionPolicy AddPolicy(PartitionPolicyRequest request) => store.Write(w => PartitionCatalog.AddPolicy(w, request));

    private PartitionSettings Settings(TimeSpan delay) =>
        store.Write(w => PartitionCatalog.Change(w, new PartitionSettings { ConflictResolution = ConflictResolution.Strictest, IdReuseDelay = delay }));

    private (AuditAction Action, string Subject, string Detail) LastEvent() =>
        store.Read(r => r.ListAuditEvents(new AuditQuery { Newest = 1 })) is [var last] ? (last.Action, last.Subject, last.Detail) : default;

    /// <summary>The error, of a refusal that has changed nothing.</summary>
    private MacSegmentationException Fails(string errorId, Func<object> change)
    {
        string before = State();
        var error = Assert.Throws<MacSegmentationException>(change);
        Assert.Equal((errorId, before), (error.ErrorId, State()));
        return error;

        string State() => store.Read(r => $"{r.Revision} {r.ListAuditEvents(new AuditQuery()).Count} {r.PartitionSettings} {r.ListRetiredPartitions().Count} "
            + string.Join("; ", r.ListPartitions().Select(partition => $"{partition.Id} {partition.Name} {partition.Priority} {partition.Tag} {partition.NotTag} {string.Join(',', partition.Policy.Select(policy => $"{policy.Order} {policy}"))}")));
    }
}
