using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Profiles;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores.Schema;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;
using Microsoft.Data.Sqlite;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>The way of a store from version to version, with steps of the future.</summary>
public sealed class StoreSchemaTests : IDisposable
{
    private const string AddColumn = "ALTER TABLE vlan ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'";
    private const string AddTable = "CREATE TABLE later (id INTEGER PRIMARY KEY);\nINSERT INTO later VALUES (7)";
    private const string Wrong = "CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1)";
    private const string OldRows =
        """
        INSERT INTO change VALUES (1, 1000000, 'anna', 'host-1', 'pwsh/1'), (2, 2000000, 'anna', 'host-1', 'pwsh/1'), (3, 3000000, 'bob', 'host-2', 'pwsh/2');
        INSERT INTO audit VALUES (1, 1, 'CreateVlan', 10, 'VLAN 10', ''), (2, 2, 'AllocateAddress', 10, '02:00:00:00:00:10', '');
        INSERT INTO vlan VALUES (10, 'cameras', 1, 600000000, 1);
        INSERT INTO vlan_range VALUES (0x020000000010, 0x02000000001F, 10);
        INSERT INTO free_interval VALUES (10, 0x020000000012, 0x02000000001F);
        INSERT INTO allocation VALUES (0x020000000010, 10, 'vm-1', 2000000);
        INSERT INTO resting VALUES (0x020000000011, 10, 3000000);
        INSERT INTO policy VALUES (7, 10, 10, 0, 0, 0x020000000010, 48, 0, 3)
        """;

    private readonly SqliteFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void A_store_of_an_older_version_is_led_forward_and_keeps_what_it_holds()
    {
        using (var store = Open())
        {
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Name = "cameras" }));
        }

        using (var store = Open(AddColumn, AddTable))
        {
            Assert.Equal(StoreSchema.Current.Version + 2, store.Info.SchemaVersion);
            Assert.Equal("cameras", store.Read(reader => reader.FindVlan(10))?.Name);
            Assert.Equal(1, store.ReadRevision());
        }

        Assert.Equal("red", file.Query("SELECT colour FROM vlan"));
        Assert.Equal("7", file.Query("SELECT id FROM later"));
        Assert.Equal("StoreTooNew", Assert.Throws<MacSegmentationException>(() => Open()).ErrorId);
    }

    [Fact]
    public void A_store_of_version_1_keeps_what_it_holds_and_takes_what_is_new()
    {
        // Written by its own statements: today's writer knows columns that it did not have.
        using (var connection = file.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"{StoreTables.Version1};{OldRows};PRAGMA user_version = 1;PRAGMA application_id = {0x4D414353}";
            command.ExecuteNonQuery();
        }

        using var store = new StoreFactory().Open(new MacStoreOptions { Path = file.Path });
        Assert.Equal(StoreTables.Steps.Count, store.Info.SchemaVersion);
        Assert.Equal(3, store.ReadRevision());
        var vlan = store.Read(reader => VlanCatalog.Get(reader, 10));
        Assert.Equal(("cameras", PolicyAction.Deny, false, "02:00:00:00:00:10-02:00:00:00:00:1f"), (vlan.Name, vlan.DefaultAction, vlan.ArpResponder, vlan.Ranges[0].ToString()));
        Assert.Equal("vm-1", store.Read(reader => Assert.Single(reader.ListAllocations())).InstanceId);
        Assert.EndsWith("* -> 02:00:00:00:00:10 Allow", store.Read(reader => Assert.Single(reader.ListPolicies())).ToString(), StringComparison.Ordinal);
        Assert.Equal(2, store.Read(reader => reader.ListAuditEvents(new AuditQuery())).Count);
        var before = store.ReadSnapshot();
        Assert.Equal((1, 0, 0), (before.Vlans[0].Policies.Length, before.Interfaces.Length, before.Of<MacSecurityGroup>().Length));

        var record = store.Write(writer => InterfaceCatalog.Create(
            writer, new InterfaceRequest { Name = "cam-1", VlanId = 10, MacAddress = MacAddress.Parse("02:00:00:00:00:10"), InstanceId = "VM-1" }));
        store.Write(writer => SecurityGroupCatalog.Create(writer, "cameras"));
        store.Write(writer => SecurityGroupCatalog.AddMember(writer, "cameras", "cam-1"));
        var after = store.ReadSnapshot(before);
        Assert.Equal((record.InterfaceId, "cameras"), (after.Interfaces[0].InterfaceId, after.Interfaces[0].SecurityGroup[0]));
        Assert.Same(before.Vlans[0], after.Vlans[0]);

        // Its policies match by prefix; beside them are those that match any bits.
        var policy = store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Unicast, MacPattern.Multicast, PolicyAction.Deny));
        Assert.Equal(policy, store.Read(reader => reader.FindPolicy(policy.PolicyId)));
        Assert.Equal("PolicyExists", Assert.Throws<MacSegmentationException>(() =>
            store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Unicast, MacPattern.Multicast, PolicyAction.Deny))).ErrorId);
        Assert.Null(file.Query("PRAGMA foreign_key_check"));
    }

    [Fact]
    public void Handles_that_are_UUIDs_become_the_names_that_they_are_read_as()
    {
        const string Uuid = "6fa459ea-ee8a-3ca4-894e-db77e160355e";
        const string Rows =
            """
            INSERT INTO change VALUES (1, 1000000, 'anna', 'host-1', 'pwsh/1');
            INSERT INTO vlan VALUES (10, 'cameras', 0, 0, 1, 0, 0);
            INSERT INTO allocation VALUES (0x020000000010, 10, 'vm-1', 2000000, 'SHOUTED'), (0x020000000011, 10, 'vm-2', 2000000, '{6fa459ea-ee8a-3ca4-894e-db77e160355f}'),
                (0x020000000012, 10, 'vm-3', 2000000, 'nohexnum-ee8a-3ca4-894e-db77e160355e');
            INSERT INTO handle SELECT NULL, handle, '', 10, address, 0, instance_id, '', 2000000, NULL, NULL, '', '', 1, 1 FROM allocation
            """;
        using (var connection = file.Connect())
        {
            using var command = connection.CreateCommand();
            string rows = Rows.Replace("SHOUTED", Uuid.ToUpperInvariant(), StringComparison.Ordinal);
            command.CommandText = $"{string.Join(';', StoreTables.Steps.Take(3))};{rows};PRAGMA user_version = 3;PRAGMA application_id = {0x4D414353}";
            command.ExecuteNonQuery();
        }

        using var store = Open();
        IEnumerable<string?> found = [.. new[] { Uuid, $"{{{Uuid[..^1]}f}}", "nohexnum-ee8a-3ca4-894e-db77e160355e" }.Select(handle =>
            store.Read(reader => reader.FindHandle(DeviceHandle.Parse(handle).ToString()))?.MacAddress.ToString())];
        Assert.Equal("02:00:00:00:00:10 02:00:00:00:00:11 02:00:00:00:00:12", string.Join(" ", found));
        Assert.Equal($"urn:uuid:{Uuid}", store.Read(reader => reader.ListAllocations())[0].Handle);
    }

    [Fact]
    public void A_store_of_version_4_has_records_without_tags_and_takes_tags_and_partitions()
    {
        const string Rows =
            """
            INSERT INTO change VALUES (1, 1000000, 'anna', 'host-1', 'pwsh/1', x'01'), (2, 2000000, 'anna', 'host-1', 'pwsh/1', x'02');
            INSERT INTO vlan VALUES (10, 'cameras', 0, 0, 1, 0, 0);
            INSERT INTO interface VALUES (7, 'Cam-1', 'CAM-1', 10, 0x020000000010, 'vm-1', 1, 1, 1, 15, 0, 2, 15, 15, '0x88cc');
            INSERT INTO security_group VALUES (1, 'web', 'WEB', '', 0);
            INSERT INTO security_group_member VALUES (7, 1)
            """;
        using (var connection = file.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"{string.Join(';', StoreTables.Steps.Take(4))};{Rows};PRAGMA user_version = 4;PRAGMA application_id = {0x4D414353}";
            command.ExecuteNonQuery();
        }

        using var store = Open();
        Assert.Equal((StoreTables.Steps.Count, 2), (store.Info.SchemaVersion, store.ReadRevision()));
        var before = store.ReadSnapshot();
        var record = Assert.Single(before.Interfaces);
        Assert.Equal(("Cam-1", "0x88cc", "web", 0), (record.Name, record.PermittedEtherType[0], record.SecurityGroup[0], record.Tag.Count));
        Assert.Equal((0, new PartitionSettings()), (before.Of<MacPartition>().Length, Assert.Single(before.Of<PartitionSettings>())));
        Assert.Empty(store.Read(reader => reader.ListTags()));

        store.Write(writer => InterfaceCatalog.Change(writer, "cam-1", new InterfaceChange { AddTag = [MacTag.OfText("prod")] }));
        var tagged = store.ReadSnapshot(before);
        Assert.Equal("prod", tagged.Interfaces[0].Tag[0].ToString());
        Assert.True(before.Of<MacPartition>() == tagged.Of<MacPartition>());
        store.Write(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = "prod", Tag = [MacTag.OfText("prod")] }));
        store.Write(writer => PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "prod", Peer = PartitionPeer.OfVlan(10), Action = PartitionAction.Deny }));
        Assert.Single(Assert.Single(store.ReadSnapshot(tagged).Of<MacPartition>()).Policy);
        Assert.Null(file.Query("PRAGMA foreign_key_check"));
    }

    [Fact]
    public void A_store_of_version_6_has_records_without_profiles_and_takes_profiles()
    {
        const string Rows =
            """
            INSERT INTO change VALUES (1, 1000000, 'anna', 'host-1', 'pwsh/1', x'01');
            INSERT INTO vlan VALUES (10, 'cameras', 0, 0, 1, 0, 0);
            INSERT INTO interface VALUES (7, 'Cam-1', 'CAM-1', 10, 0x020000000010, 'vm-1', 1, 1, 1, 15, 0, 1, 15, 15, '', 0)
            """;
        using (var connection = file.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"{string.Join(';', StoreTables.Steps.Take(6))};{Rows};PRAGMA user_version = 6;PRAGMA application_id = {0x4D414353}";
            command.ExecuteNonQuery();
        }

        using var store = Open();
        var before = store.ReadSnapshot();
        Assert.Equal(("Cam-1", null, 0), (before.Interfaces[0].Name, before.Interfaces[0].Profile, before.Of<MacProfile>().Length));
        store.Write(writer => ProfileCatalog.Create(writer, ProfilePresets.Get("lte")));
        store.Write(writer => InterfaceCatalog.Change(writer, "cam-1", new InterfaceChange { Profile = "LTE" }));
        var after = store.ReadSnapshot(before);
        Assert.Equal("lte", after.Interfaces[0].Profile);
        Assert.Equal(ProfilePresets.Get("lte"), Assert.Single(after.Of<MacProfile>()));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_store_as_it_was()
    {
        Open().Dispose();
        Assert.ThrowsAny<SqliteException>(() => Open(AddTable, Wrong));
        Assert.Equal($"{StoreSchema.Current.Version}", file.Query("PRAGMA user_version"));
        Assert.Equal("0", file.Query("SELECT count(*) FROM sqlite_master WHERE name IN ('later', 'half')"));
        Open().Dispose();
        Open(AddTable).Dispose();
    }

    [Fact]
    public void A_new_store_whose_creation_fails_is_still_a_new_one()
    {
        Assert.ThrowsAny<SqliteException>(() => Open(Wrong));
        using var store = Open(AddTable);
        Assert.Equal(0, store.ReadRevision());
    }

    [Fact]
    public void Several_that_lead_a_store_forward_at_once_do_it_once()
    {
        Open().Dispose();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Open(AddColumn, AddTable).Dispose());
        Assert.Equal("1", file.Query("SELECT count(*) FROM later"));
    }

    [Fact]
    public void Several_that_create_a_store_at_once_create_it_once()
    {
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Open(AddTable).Dispose());
        Assert.Equal("1", file.Query("SELECT count(*) FROM later"));
        Assert.Equal("ok", file.Query("PRAGMA integrity_check"));
    }

    private SqliteStore Open(params string[] laterSteps) =>
        new SqliteStoreFactory(new StoreSchema([.. StoreTables.Steps, .. laterSteps])).Open(new MacStoreOptions { Path = file.Path });
}
