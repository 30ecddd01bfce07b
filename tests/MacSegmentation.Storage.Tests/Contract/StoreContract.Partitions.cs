using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void Tags_and_partitions_are_kept_as_they_are()
    {
        var time = new ManualTime();
        var store = Open(time);
        var model = new InMemoryStore(time);
        foreach (var each in (IMacStore[])[store, model])
        {
            each.Write(FillWithPartitions);
        }

        Assert.Equal(StoreDescription.Of(model, Probes), StoreDescription.Of(Open(time), Probes));
        var web = store.Read(reader => PartitionCatalog.Get(reader, "WEB"));
        Assert.Equal((65535, "web", 65535, PartitionMatch.Any, true), (web.Id, web.Name, web.Priority, web.Match, web.IsStaged));
        Assert.Equal(RandomPartitionStep.Tags.Order(Comparer<MacTag>.Create(Compare)), web.Tag.Order(Comparer<MacTag>.Create(Compare)));
        Assert.Equal(
            [
                "1 with shop-db: Deny", "2 Outbound 0x88cc with vlan:1: Redirect to Port 1", "3 Inbound Tcp 80,443 with *: Allow, staged",
                "4 0x0800 0 with web: Mirror to probe", "5 0x86dd 255 with vlan:1: Drop",
            ],
            web.Policy.Select(policy => $"{policy.Order} {policy}"));
        CheckIntegrity();

        static int Compare(MacTag left, MacTag right) => string.CompareOrdinal(left.Json, right.Json);
    }

    [Fact]
    public void Records_are_found_by_their_tags_page_by_page()
    {
        var store = Open();
        store.Write(FillPages);
        MacTag[] tags = [MacTag.OfInteger(7), MacTag.OfText("7"), MacTag.OfJson("[7]")];
        store.Write(writer =>
        {
            for (int i = 1; i <= Records; i++)
            {
                InterfaceCatalog.Change(writer, $"web-{i}", new InterfaceChange { Tag = [.. tags.Where((_, place) => i % (place + 2) == 0)] });
            }

            return 0;
        });
        store.Read(reader =>
        {
            Assert.Equal(["\"7\" 33", "7 50", "[7] 25"], reader.ListTags().Select(use => $"{use.Tag.Json} {use.Records}"));
            for (int place = 0; place < tags.Length; place++)
            {
                var found = Pages<MacInterface>((last, count) => reader.ListTagged(tags[place], last?.InterfaceId ?? 0, count));
                Assert.Equal(reader.ListInterfaces().Where(record => record.Tag.Contains(tags[place])).Select(record => record.InterfaceId).Order(), found.Select(record => record.InterfaceId));
                Assert.Contains(tags[place], found[0].Tag);
            }

            Assert.Empty(reader.ListTagged(MacTag.OfInteger(8), 0, 10));

            // A part of a tag is none of its own: asked for is what is equal.
            Assert.Empty(reader.ListTagged(MacTag.OfJson("[]"), 0, 10));
            return 0;
        });

        store.Write(writer => VlanCatalog.Remove(writer, 10, force: true));
        Assert.Equal(["\"7\" 17"], store.Read(reader => reader.ListTags()).Select(use => $"{use.Tag.Json} {use.Records}"));
    }

    [Fact]
    public void A_change_of_tags_is_a_change_of_the_record_and_of_nothing_else()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        store.Write(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "web", Tag = [MacTag.OfText("web")] }));
        var before = store.ReadSnapshot();
        InterfaceChange[] changes =
        [
            new() { AddTag = [MacTag.OfText("web")] }, new() { AddTag = [MacTag.OfInteger(1)] }, new() { RemoveTag = [MacTag.OfText("web")] },
            new() { Tag = RandomPartitionStep.Tags }, new() { Tag = [] },
        ];
        foreach (var change in changes)
        {
            store.Write(writer => InterfaceCatalog.Change(writer, "web-1", change));
            var after = store.ReadSnapshot(before);
            Assert.NotEqual(before.Interfaces[0].Tag, after.Interfaces[0].Tag);
            Assert.Same(before.Interfaces[1], after.Interfaces[1]);
            Assert.True(before.Of<MacPartition>() == after.Of<MacPartition>());
            Assert.True(before.Of<PartitionSettings>() == after.Of<PartitionSettings>());
            Assert.True(before.Of<MacSecurityGroup>() == after.Of<MacSecurityGroup>());
            AssertSame(store.ReadSnapshot(), after);
            before = after;
        }

        // What says nothing new is no change.
        store.Write(writer => InterfaceCatalog.Change(writer, "web-1", new InterfaceChange { RemoveTag = [MacTag.OfText("web")] }));
        Assert.Same(before, store.ReadSnapshot(before));
    }

    [Fact]
    public void A_change_of_partitions_is_in_the_next_snapshot_and_leaves_the_rest_as_it_is()
    {
        var store = Open();
        store.Write(FillWithPartitions);
        var before = store.ReadSnapshot();
        long policy = before.Of<MacPartition>().Single(partition => partition.Name is "web").Policy[0].PolicyId;
        Func<IStoreWriter, object>[] changes =
        [
            writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "new", NotTag = [MacTag.OfInteger(1)] }),
            writer => PartitionCatalog.Change(writer, "new", new PartitionChange { Priority = 7 }),
            writer => PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "new", Action = PartitionAction.Drop }),
            writer => PartitionCatalog.ChangePolicy(writer, policy, request => request with { IsStaged = true }),
            writer => PartitionCatalog.RemovePolicy(writer, policy),
            writer => PartitionCatalog.Remove(writer, "new"),
            writer => PartitionCatalog.Change(writer, new PartitionSettings { ConflictResolution = ConflictResolution.Strictest }),
        ];
        foreach (var change in changes)
        {
            store.Write(change);
            var after = store.ReadSnapshot(before);
            Assert.NotEqual(Partitions(before), Partitions(after));
            Assert.Equal(before.Interfaces, after.Interfaces);
            Assert.True(before.Of<MacSecurityGroup>() == after.Of<MacSecurityGroup>());
            AssertSame(store.ReadSnapshot(), after);
            before = after;
        }

        AddPolicy(store, 1, 1);
        Assert.True(before.Of<MacPartition>() == store.ReadSnapshot(before).Of<MacPartition>());
        Assert.Equal(ConflictResolution.Strictest, before.Of<PartitionSettings>().Single().ConflictResolution);

        static string Partitions(ConfigurationSnapshot snapshot) => $"{snapshot.Of<PartitionSettings>()[0]} {string.Join("; ", snapshot.Of<MacPartition>().Select(StoreDescription.Of))}";
    }

    [Fact]
    public void A_VLAN_takes_policies_along_whose_peer_it_is_and_snapshots_tell()
    {
        var store = Open();
        store.Write(FillWithPartitions);
        store.Write(writer => InterfaceCatalog.Remove(writer, "web-1", force: true));
        store.Write(writer => InterfaceCatalog.Remove(writer, "web-2", force: true));
        var before = store.ReadSnapshot();
        Assert.Contains(
            "has 2 partition policies as a peer. Remove those with Remove-MacPartitionPolicy,",
            Assert.Throws<MacSegmentationException>(() => store.Write(writer => VlanCatalog.Remove(writer, 1, force: false))).Message,
            StringComparison.Ordinal);
        store.Write(writer => VlanCatalog.Remove(writer, 1, force: true));
        var after = store.ReadSnapshot(before);
        Assert.Equal([1, 3, 4], after.Of<MacPartition>().Single(partition => partition.Name is "web").Policy.Select(policy => policy.Order));
        AssertSame(store.ReadSnapshot(), after);
        CheckIntegrity();
    }

    [Fact]
    public void The_number_of_a_removed_partition_is_remembered_until_another_one_has_it()
    {
        var time = new ManualTime();
        var store = Open(time);
        store.Write(FillWithPartitions);
        time.Advance(TimeSpan.FromSeconds(5));
        store.Write(writer => PartitionCatalog.Remove(writer, "WEB"));
        Assert.Equal(new RetiredPartition(65535, "web", time.GetUtcNow()), Assert.Single(Open(time).Read(reader => reader.ListRetiredPartitions())));
        store.Write(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "other", Id = 65535, TakesRetiredId = true, Tag = [MacTag.OfInteger(1)] }));
        Assert.Empty(store.Read(reader => reader.ListRetiredPartitions()));

        // It may go again, whoever had it before.
        store.Write(writer => PartitionCatalog.Remove(writer, "other"));
        Assert.Equal("other", Assert.Single(store.Read(reader => reader.ListRetiredPartitions())).Name);
        CheckIntegrity();
    }

    [Fact]
    public void Numbers_of_partition_policies_are_never_used_again()
    {
        var store = Open();
        store.Write(FillWithPartitions);
        long last = store.Read(reader => reader.ListPartitions()).SelectMany(partition => partition.Policy).Max(policy => policy.PolicyId);
        store.Write(writer => PartitionCatalog.RemovePolicy(writer, last));
        Assert.True(store.Write(writer => PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "web", Action = PartitionAction.Drop })).PolicyId > last);
    }

    private static int FillWithPartitions(IStoreWriter writer)
    {
        FillWithInterfaces(writer);
        InterfaceCatalog.Change(writer, "web-1", new InterfaceChange { Tag = RandomPartitionStep.Tags });
        InterfaceCatalog.Change(writer, "web-2", new InterfaceChange { Tag = [MacTag.OfInteger(42)] });
        PartitionCatalog.Create(writer, new PartitionRequest { Name = "shop-db", Priority = 0, NotTag = [MacTag.Parse("""{"env":"prod"}""", CultureInfo.InvariantCulture)] });
        PartitionCatalog.Create(writer, new PartitionRequest { Name = "web", Id = 65535, Priority = 65535, Match = PartitionMatch.Any, Tag = RandomPartitionStep.Tags, IsStaged = true });
        PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "WEB", Peer = PartitionPeer.OfPartition("SHOP-DB"), Action = PartitionAction.Deny });
        PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest
        {
            Partition = "web",
            Peer = PartitionPeer.OfVlan(1),
            Direction = TrafficDirection.Outbound,
            EtherType = 0x88CC,
            Action = PartitionAction.Redirect,
            To = "Port 1",
        });
        PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest
        {
            Partition = "web",
            Direction = TrafficDirection.Inbound,
            Protocol = IpProtocol.Tcp,
            Port = [new PortRange(443, 443), new PortRange(80, 80)],
            Action = PartitionAction.Allow,
            IsStaged = true,
        });
        PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest
        {
            Partition = "web",
            Peer = PartitionPeer.OfPartition("web"),
            EtherType = 0x0800,
            Protocol = new IpProtocol(0),
            Action = PartitionAction.Mirror,
            To = "probe",
        });
        PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "web", Peer = PartitionPeer.OfVlan(1), EtherType = 0x86DD, Protocol = new IpProtocol(255), Action = PartitionAction.Drop });
        PartitionCatalog.Change(writer, new PartitionSettings { ConflictResolution = ConflictResolution.HighestPriority, IdReuseDelay = TimeSpan.FromDays(3650) });
        return 0;
    }
}
