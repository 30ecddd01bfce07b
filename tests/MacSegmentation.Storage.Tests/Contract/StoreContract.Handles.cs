using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Handles;
using MacSegmentation.Providers;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    private static readonly DeviceHandle Handle = DeviceHandle.Parse("urn:wwn:50:06:01:60:3b:a0:11:22");

    [Fact]
    public void A_handle_is_the_same_on_every_handle_of_the_store_and_after_it_was_opened_again()
    {
        MacAssignment given;
        string id;
        using (var store = Open())
        {
            CreateVlan(store);
            id = store.Read(reader => reader.StoreId);
            given = store.Write(writer => HandleRegistry.Request(writer, Ask(Handle, "vm-1")));
        }

        var again = Open();
        Assert.Equal(32, id.Length);
        Assert.Equal(id, again.Read(reader => reader.StoreId));
        Assert.Equal(given with { Outcome = AssignmentOutcome.Existing }, again.Read(reader => HandleRegistry.Find(reader, Ask(Handle, "VM-1"))));
        var record = again.Read(reader => reader.FindHandle(Handle.Text))!;
        Assert.Equal((2, HandleState.Held, "vm-1", true), (record.Revision, record.State, record.InstanceId, record.IsReported));
        Assert.Equal(Handle.Text, again.Read(reader => reader.FindAllocation(given.MacAddress))?.Handle);
    }

    [Fact]
    public void A_handle_that_many_ask_for_at_once_gets_one_address()
    {
        CreateVlan(Open());
        var answers = new MacAddress[40];
        Parallel.For(0, answers.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var own = Factory.Open(Place);
            answers[i] = own.Write(writer => HandleRegistry.Request(writer, Ask(DeviceHandle.Parse($"h{i / 10}")))).MacAddress;
        });
        Assert.Equal(4, answers.Distinct().Count());
        Assert.Equal(4, Enumerable.Range(0, 4).Select(i => Assert.Single(answers[(i * 10)..((i * 10) + 10)].Distinct())).Distinct().Count());
        CheckIntegrity();
    }

    [Fact]
    public void The_tables_themselves_refuse_a_second_owner_and_a_second_record()
    {
        var store = Open();
        CreateVlan(store);
        var given = store.Write(writer => HandleRegistry.Request(writer, Ask(Handle)));
        var record = store.Read(reader => reader.FindHandle(Handle.Text))!;
        Assert.ThrowsAny<Exception>(() => store.Write(writer =>
        {
            writer.InsertHandle(record with { Handle = "another" });
            return 0;
        }));
        Assert.ThrowsAny<Exception>(() => store.Write(writer =>
        {
            writer.InsertHandle(record with { MacAddress = new MacAddress(given.MacAddress.Value + 1) });
            return 0;
        }));
        Assert.Single(store.Read(reader => reader.ListHandles()));
        Assert.Equal(given.MacAddress, store.Write(writer => HandleRegistry.Request(writer, Ask(Handle))).MacAddress);
    }

    [Fact]
    public void Blocks_keep_their_numbers_and_a_providers_notes_do_not_raise_the_revision()
    {
        var store = Open();
        CreateVlan(store);
        store.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "Site-A" }));
        var block = store.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16))[0];
        Assert.Equal(block.ToString(), store.Read(reader => reader.FindBlock(block.BlockId))?.ToString());
        store.Write(writer =>
        {
            writer.DeleteBlock(block.BlockId);
            return writer.InsertBlock(block);
        });
        Assert.True(store.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16))[0].BlockId > block.BlockId);

        long revision = store.ReadRevision();
        Assert.Null(store.Read(reader => reader.FindProviderState()));
        foreach (var state in (ProviderState[])[new("Site-A", "root", 1, 2), new("Site-A", "root", long.MaxValue, long.MaxValue) { MarkRevision = 3, MarkToken = "ab", Generation = "g", DrawnGenerations = "h i", IsTellingAgain = true }])
        {
            store.Write(writer =>
            {
                writer.SetProviderState(state);
                return 0;
            });
            Assert.Equal(state, store.Read(reader => reader.FindProviderState()));
        }

        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void A_clients_token_is_kept_as_a_digest_only()
    {
        var store = Open();
        CreateVlan(store);
        string token = string.Empty;
        store.Write(writer => ProviderClientCatalog.Create(writer, "cmdb", [10], out token));
        var known = store.Read(reader => reader.FindProviderClient("CMDB"))!;
        Assert.Equal(ProviderClientCatalog.Digest(token), known.TokenDigest);
        Assert.True(known.MayUse(10));
        Assert.False(known.MayUse(20));
        Assert.Same(known, ClientDirectory.Of([known]).Find(ProviderClientCatalog.Digest(token), DateTimeOffset.UnixEpoch));
        Assert.Null(ClientDirectory.Of([known]).Find(ProviderClientCatalog.Digest(token + "x"), DateTimeOffset.UnixEpoch));
        Assert.DoesNotContain(store.Read(reader => reader.ListAuditEvents(new AuditQuery())), entry => entry.ToString()!.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public void A_client_is_stored_with_all_that_it_may_and_keeps_its_former_token_for_a_while()
    {
        var store = Open();
        CreateVlan(store);
        var change = new ClientChange { Scope = ClientScopes.Read, Group = "plant", Quota = 7, ExpiresAt = new DateTimeOffset(2199, 1, 2, 3, 4, 5, TimeSpan.Zero), VlanId = [10] };
        string first = string.Empty;
        var made = store.Write(writer => ProviderClientCatalog.Create(writer, "cmdb", [10], out first, change));
        var read = store.Read(reader => reader.FindProviderClient("CMDB"))!;
        Assert.Equal((ClientScopes.Read, "plant", 7, change.ExpiresAt), (read.Scope, read.Group, read.Quota, read.ExpiresAt));
        Assert.Empty(read.FormerDigest);
        Assert.Null(read.FormerUntil);
        string? second = null;
        var changed = store.Write(writer => ProviderClientCatalog.Change(writer, "cmdb", new ClientChange { Scope = ClientScopes.Request, Group = "", Quota = 0, ExpiresAt = DateTimeOffset.MaxValue, VlanId = [], Rotate = true, Overlap = TimeSpan.FromHours(1) }, out second));
        var again = store.Read(reader => reader.FindProviderClient("cmdb"))!;
        Assert.Equal((made.ClientId, ClientScopes.Request, "", 0, null), (again.ClientId, again.Scope, again.Group, again.Quota, again.ExpiresAt));
        Assert.Empty(again.VlanId);
        Assert.Equal(ProviderClientCatalog.Digest(first), again.FormerDigest);
        Assert.Equal(ProviderClientCatalog.Digest(second!), again.TokenDigest);
        Assert.Equal(changed.FormerUntil, again.FormerUntil);
        var directory = ClientDirectory.Of([again]);
        var until = again.FormerUntil!.Value;
        Assert.NotNull(directory.Find(ProviderClientCatalog.Digest(first), until.AddTicks(-1)));
        Assert.Null(directory.Find(ProviderClientCatalog.Digest(first), until));
        Assert.NotNull(directory.Find(ProviderClientCatalog.Digest(second!), until));
    }

    [Fact]
    public void A_name_has_a_record_for_each_owner_and_what_each_holds_is_counted_to_a_limit()
    {
        var store = Open();
        CreateVlan(store);
        foreach (string client in (string[])["b", "A", ""])
        {
            store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = Handle, VlanId = 10, InstanceId = client, Party = HandleParty.Of(client) with { Group = string.Empty } }));
            if (client.Length > 0)
            {
                store.Write(writer => HandleRegistry.Release(writer, Handle, party: HandleParty.Of(client)));
            }
        }

        Assert.Equal(["", "A", "b"], store.Read(reader => reader.ListHandlesNamed(Handle.Text)).Select(record => record.Client).Order(StringComparer.Ordinal));
        Assert.Equal(["", "A", "b"], store.Read(reader => reader.ListHandles()).Select(record => record.Client));
        var pages = new List<string>();
        for (MacHandle? last = null; store.Read(reader => reader.ListHandlesAfter(last, 1)) is [var next]; last = next)
        {
            pages.Add(next.Client);
        }

        Assert.Equal(["", "A", "b"], pages);
        Assert.Empty(store.Read(reader => reader.ListHandlesNamed(Handle.Text, "x")));
        for (int i = 0; i < 5; i++)
        {
            store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse($"q{i}"), VlanId = 10, Party = HandleParty.Of("Quotas") }));
        }

        Assert.Equal((5, 3, 0), store.Read(reader => (reader.CountHeldBy("qUOTAS", 9), reader.CountHeldBy("quotas", 3), reader.CountHeldBy("a", 9))));
    }

    [Fact]
    public void A_VLAN_takes_its_handles_and_blocks_with_it()
    {
        var store = Open();
        CreateVlan(store);
        store.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a" }));
        long block = store.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16))[0].BlockId;
        store.Write(writer => BlockCatalog.Close(writer, block));
        store.Write(writer => HandleRegistry.Request(writer, Ask(Handle)));
        store.Write(writer => VlanCatalog.Remove(writer, 10, force: true));
        Assert.Empty(store.Read(reader => reader.ListHandles()));
        Assert.Empty(store.Read(reader => reader.ListBlocks()));
        Assert.Single(store.Read(reader => reader.ListProviders()));
        CheckIntegrity();
    }

    private static HandleRequest Ask(DeviceHandle handle, string instanceId = "") => new() { Handle = handle, VlanId = 10, InstanceId = instanceId };
}
