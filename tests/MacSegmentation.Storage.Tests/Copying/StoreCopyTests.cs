using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores.Postgres;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Sqlite;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;
using MacSegmentation.Windows.Wine;

namespace MacSegmentation.Stores.Copying;

/// <summary>Stores that are copied, from every kind to every kind.</summary>
public sealed class StoreCopyTests : IDisposable
{
    private static readonly StoreFactory Factory = new();
    private readonly List<IDisposable> places = [];

    public void Dispose() => places.ForEach(place => place.Dispose());

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_copy_holds_all_that_its_source_holds_and_goes_on_from_there(bool fromServer, bool toServer)
    {
        var from = NewPlace(fromServer);
        var to = NewPlace(toServer);
        Fill(from);
        var reports = new List<StoreCopyProgress>();
        var copy = Copy(from, to, reports.Add);

        using var source = Factory.Open(from);
        using var destination = Factory.Open(to);
        Assert.Equal((source.Info.Path, destination.Info.Path, source.ReadRevision()), (copy.Source, copy.Destination, copy.Revision));
        Assert.Equal(source.Read(reader => reader.StoreId), destination.Read(reader => reader.StoreId));
        Assert.Equal(Description(source), Description(destination));
        Assert.Equal(Rows(source), Rows(destination));
        Assert.Equal(copy.Rows, Rows(source).Values.Sum(rows => rows.Count));
        Assert.All(reports, report => Assert.Equal(2 * copy.Rows, report.TotalRows));
        Assert.True(reports.Count > 3);
        Assert.Equal(reports.Select(report => report.Rows).Order(), reports.Select(report => report.Rows));
        Assert.InRange(reports[^1].Rows, 1, 2 * copy.Rows);

        // Numbers go on where the source would have: also after those whose rows are gone.
        Assert.Equal(GoOn(source), GoOn(destination));
    }

    [Fact]
    public void A_store_comes_back_from_a_server_as_it_went_there()
    {
        var file = NewPlace(isServer: false);
        var server = NewPlace(isServer: true);
        var back = NewPlace(isServer: false);
        Fill(file);
        var there = Copy(file, server);
        var again = Copy(server, back);
        Assert.Equal((there.Rows, there.Revision, there.Digest), (again.Rows, again.Revision, again.Digest));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_store_that_holds_something_is_not_copied_to(bool isServer)
    {
        var from = NewPlace(isServer: false);
        var to = NewPlace(isServer);
        Fill(from);
        using var destination = Factory.Open(to);
        destination.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 7 }));
        var before = Rows(destination);
        var error = Assert.Throws<MacSegmentationException>(() => Copy(from, to));
        Assert.Equal(("StoreNotEmpty", MacErrorKind.AlreadyExists), (error.ErrorId, error.Kind));
        Assert.Equal(before, Rows(destination));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_store_is_not_copied_to_itself(bool isServer)
    {
        var place = NewPlace(isServer);
        Factory.Open(place).Dispose();
        Assert.Equal("StoresAreTheSame", Assert.Throws<MacSegmentationException>(() => Copy(place, place)).ErrorId);

        // The same by another name.
        if (!isServer)
        {
            OnWine.Skip("it makes no symbolic links.");
        }

        var other = place with
        {
            Path = place.Path is null ? null : Path.Join(LinkTo(Path.GetDirectoryName(place.Path)!), Path.GetFileName(place.Path)),
            ConnectionString = place.ConnectionString?.Replace("/tmp/", "/tmp/../tmp/", StringComparison.Ordinal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
        };
        Assert.NotEqual(place, other);
        Assert.Equal("StoresAreTheSame", Assert.Throws<MacSegmentationException>(() => Copy(place, other)).ErrorId);
    }

    [Fact]
    public void There_must_be_something_to_copy()
    {
        var from = NewPlace(isServer: false);
        Assert.Equal("StoreNotFound", Assert.Throws<MacSegmentationException>(() => Copy(from, NewPlace(isServer: false))).ErrorId);
        Assert.False(File.Exists(from.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_ends_the_copying_leaves_nothing_in_it_and_no_file(bool isServer)
    {
        var from = NewPlace(isServer: false);
        var to = NewPlace(isServer);
        Fill(from);
        using var ending = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Factory.Copy(from, to, report => EndAt(report, ending), ending.Token));
        Assert.False(to.Path is not null && File.Exists(to.Path));
        using (var destination = Factory.Open(to))
        {
            Assert.Equal(0, destination.ReadRevision());
            Assert.Empty(destination.Read(reader => reader.ListVlans()));
        }

        Assert.Equal(Copy(from, to).Digest, Copy(from, NewPlace(isServer: false)).Digest);

        static void EndAt(StoreCopyProgress report, CancellationTokenSource ending)
        {
            if (report.Rows > 1)
            {
                ending.Cancel();
            }
        }
    }

    [Fact]
    public void A_copy_that_is_not_equal_is_not_kept()
    {
        // What a server changes on its own, here by a trigger, stands for whatever may go wrong.
        var from = NewPlace(isServer: false);
        using var database = new PostgresDatabase();
        Fill(from);
        database.Open().Dispose();
        database.Query(
            """
            CREATE FUNCTION macsegmentation.spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name = upper(NEW.name); RETURN NEW; END $$;
            CREATE TRIGGER spoil BEFORE INSERT ON macsegmentation.vlan FOR EACH ROW EXECUTE FUNCTION macsegmentation.spoil();
            """);
        var error = Assert.Throws<MacSegmentationException>(() => Copy(from, database.Place));
        Assert.Equal(("StoreCopyDiffers", MacErrorKind.InvalidData), (error.ErrorId, error.Kind));
        Assert.Contains("'vlan'", error.Message, StringComparison.Ordinal);
        using var store = database.Open();
        Assert.Equal(0, store.ReadRevision());
    }

    [Fact]
    public void Every_table_of_the_schema_is_copied()
    {
        using var file = new SqliteFile();
        Factory.Open(new MacStoreOptions { Path = file.Path }).Dispose();
        var tables = StoreCatalog.ReadTables();
        Assert.Equal(file.Query("SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'store_place' ORDER BY name)"), string.Join(',', tables.Select(table => table.Name).Order(StringComparer.Ordinal)));
        Assert.All(tables, table => Assert.Equal(
            file.Query($"SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info('{table.Name}') ORDER BY cid)"), string.Join(',', table.Columns.Select(column => column.Name))));
        Assert.Equal(["audit", "audit_record", "block", "handle", "interface", "partition_policy", "policy", "profile_rule", "provider", "provider_client", "security_group", "security_group_rule"], tables.Where(table => table.GivenId is not null).Select(table => table.Name).Order(StringComparer.Ordinal));
    }

    private static MacStoreCopy Copy(MacStoreOptions from, MacStoreOptions to, Action<StoreCopyProgress>? progress = null) =>
        Factory.Copy(from, to, progress, TestContext.Current.CancellationToken);

    private MacStoreOptions NewPlace(bool isServer)
    {
        if (isServer)
        {
            var database = new PostgresDatabase();
            places.Add(database);
            return database.Place;
        }

        var file = new SqliteFile();
        places.Add(file);
        return new MacStoreOptions { Path = file.Path };
    }

    private string LinkTo(string folder)
    {
        var file = new SqliteFile();
        places.Add(file);
        return Directory.CreateSymbolicLink(Path.Join(file.Folder, "link"), folder).FullName;
    }

    /// <summary>Something in every table that a command fills, texts that sort differently by bytes and by words, and gaps in the numbers.</summary>
    private static void Fill(MacStoreOptions place)
    {
        using var store = Factory.Open(place);
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Name = "Kameras \u00e4\u4e2d\ud83d\ude00", Ranges = [MacRange.Parse("02:00:00:00:00:00/24")] }));
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 20, Name = string.Empty, Ranges = [MacRange.Parse("06:00:00:00:00:00/32")] }));
        store.WriteEach(Enumerable.Range(0, 1500).Select(i => $"VM-{i}").ToList(), (writer, instance) => AddressPool.Allocate(writer, 10, instance));
        store.Write(writer => AddressPool.ReleaseAll(writer, "vm-7"));
        store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("urn:wwn:50:06:01:60:3b:a0:11:22"), VlanId = 10, InstanceId = "vm" }));
        foreach (string name in (string[])["web-1", "Web-2", "\u00e4-1", "a_b", "AB"])
        {
            store.Write(writer => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = name, VlanId = 20, IPAddress = [$"10.0.0.{name.Length + name[0]}/8", $"fd00::{name.Length}{(int)name[0]}/64"] }));
        }

        store.Write(writer => InterfaceCatalog.AddPair(writer, "web-1", "10.7.0.5", MacAddress.Parse("00:00:5e:00:01:07")));
        var record = store.Read(reader => reader.FindInterface("web-1"))!;
        store.Observe(observer =>
        {
            observer.UpsertInterfaceUse(new InterfaceUse { InterfaceId = record.InterfaceId, EnforcerId = "e", HostName = "h", Process = "p", SeenAt = observer.Now });
            return 0;
        });
        store.Write(writer => SecurityGroupCatalog.Create(writer, "web"));
        store.Write(writer => SecurityGroupCatalog.AddMember(writer, "web", "web-1"));
        store.Write(writer => SecurityGroupCatalog.AddRule(writer, new RuleRequest { GroupName = "web", Direction = TrafficDirection.Inbound, RemoteGroup = "web" }));
        store.Write(writer => SecurityGroupCatalog.AddRule(writer, new RuleRequest { GroupName = "web", Direction = TrafficDirection.Outbound, RemoteAddress = "10.0.0.0/8" }));
        store.Write(writer => InterfaceCatalog.Change(writer, "web-1", new InterfaceChange { Tag = [MacTag.OfText("prod"), MacTag.OfInteger(42), MacTag.OfJson("{\"a\":[\"\u00e4\u4e2d\",1e21]}"), MacTag.OfText("42")] }));
        foreach (string name in (string[])["gone", "shop", "\u00e4-db"])
        {
            store.Write(writer => PartitionCatalog.Create(writer, new PartitionRequest { Name = name, Tag = [MacTag.OfText("prod"), MacTag.OfJson("{\"a\":[]}")], NotTag = [MacTag.OfInteger(7)] }));
        }

        store.Write(writer => PartitionCatalog.Remove(writer, "gone"));
        store.Write(writer => PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "shop", Peer = PartitionPeer.OfPartition("\u00e4-db"), Protocol = IpProtocol.Tcp, Port = [new PortRange(1, 65535)], Action = PartitionAction.Redirect, To = "web-1" }));
        store.Write(writer => PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "\u00e4-db", Peer = PartitionPeer.OfVlan(20), Direction = TrafficDirection.Inbound, EtherType = 0x88CC, Action = PartitionAction.Drop }));
        long removed = store.Write(writer => PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "shop", Action = PartitionAction.Allow })).PolicyId;
        store.Write(writer => PartitionCatalog.RemovePolicy(writer, removed));
        store.Write(writer => PartitionCatalog.Change(writer, new PartitionSettings { ConflictResolution = ConflictResolution.Strictest, IdReuseDelay = TimeSpan.FromDays(7) }));
        var policy = store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Deny));
        store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Drop));
        store.Write(writer => PolicyList.Remove(writer, policy.PolicyId));
        var last = store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Allow));
        store.Write(writer => PolicyList.Remove(writer, last.PolicyId));
    }

    private static string GoOn(IMacStore store)
    {
        var policy = store.Write(writer => PolicyList.Add(writer, 20, MacPattern.Any, MacPattern.Any, PolicyAction.Deny));
        var record = store.Write(writer => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "new", VlanId = 20 }));
        var allocation = store.Write(writer => AddressPool.Allocate(writer, 10, "new"));
        store.Write(writer => SecurityGroupCatalog.Create(writer, "new"));
        var rule = store.Write(writer => SecurityGroupCatalog.AddRule(writer, new RuleRequest { GroupName = "new", Direction = TrafficDirection.Inbound }));
        long partitionPolicy = store.Write(writer => PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "shop", Action = PartitionAction.Deny })).PolicyId;
        long audit = store.Read(reader => reader.ListAuditEvents(new AuditQuery { Newest = 1 }))[0].AuditId;
        return $"{policy.PolicyId} {record.InterfaceId} {record.MacAddress} {allocation.MacAddress} {rule.RuleId} {partitionPolicy} {audit} {store.ReadRevision()}";
    }

    private static List<string> Description(IMacStore store) => store.Read(reader => (List<string>)
    [
        .. reader.ListVlans().Select(vlan => $"{vlan.VlanId} {vlan.Name} {string.Join(',', vlan.Ranges)} {string.Join(',', reader.ListFree(vlan.VlanId))}"),
        .. reader.ListAllocations().Select(allocation => $"{allocation}"),
        .. reader.ListPolicies().Select(policy => $"{policy.PolicyId} {policy}"),
        .. reader.ListInterfaces().Select(Contract.StoreDescription.Of),
        .. reader.ListSecurityGroups().Select(Contract.StoreDescription.Of),
        .. reader.ListPartitions().Select(Contract.StoreDescription.Of),
        $"{reader.PartitionSettings} {string.Join("; ", reader.ListRetiredPartitions())} {string.Join("; ", reader.ListTags())}",
        .. reader.ListHandles().Select(handle => $"{handle}"),
        .. reader.ListAuditEvents(new AuditQuery()).Select(entry => $"{entry}"),
    ]);

    /// <summary>Every value of every row, as the database's own text.</summary>
    private static Dictionary<string, List<string>> Rows(IMacStore store) => ((ISqlStore)store).ReadTables(connection => StoreCatalog.ReadTables().ToDictionary(
        table => table.Name,
        table =>
        {
            using var statement = connection.PrepareOnce(table.SelectAll);
            return statement.All(row => string.Join('|', table.Columns.Select((column, place) => row.IsNull(place) ? "NULL" : column.Kind switch
            {
                StoreColumnKind.Number => $"{row.Number(place)}",
                StoreColumnKind.Text => row.Text(place),
                _ => Convert.ToHexString(row.Bytes(place)),
            })));
        },
        StringComparer.Ordinal));
}
