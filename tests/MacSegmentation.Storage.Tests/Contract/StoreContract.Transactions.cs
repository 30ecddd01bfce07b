using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Stores.Schema;
using MacSegmentation.Transactions;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_new_store_is_empty()
    {
        var store = Open();
        Assert.Equal(0, store.ReadRevision());
        Assert.Empty(store.ReadSnapshot().Vlans);
        Assert.Empty(store.Read(reader => reader.ListVlans()));
        Assert.Empty(store.Read(reader => reader.ListAuditEvents(new AuditQuery())));
        Assert.Equal(StoreTables.Steps.Count, store.Info.SchemaVersion);
    }

    [Fact]
    public void What_was_written_is_there_when_the_store_is_opened_again()
    {
        MacAllocation allocation;
        MacVlan vlan;
        using (var store = Open())
        {
            vlan = CreateVlan(store);
            allocation = store.Write(writer => AddressPool.Allocate(writer, 10, "vm-1"));
        }

        var again = Open();
        Assert.Equal(2, again.ReadRevision());
        Assert.Equal(allocation, again.Read(reader => reader.FindAllocation(allocation.MacAddress)));
        Assert.Equivalent(vlan, again.Read(reader => reader.FindVlan(10)), strict: true);
    }

    [Fact]
    public void A_transaction_with_audit_entries_raises_the_revision_by_one_however_many_they_are()
    {
        var store = Open();
        CreateVlan(store);
        store.WriteEach(["a", "b", "c"], (writer, instance) => AddressPool.Allocate(writer, 10, instance));
        Assert.Equal(2, store.ReadRevision());
        store.Write(writer => writer.Revision);
        Assert.Equal(2, store.ReadRevision());
    }

    [Fact]
    public void A_store_stands_on_each_of_its_revisions_and_on_no_other()
    {
        var store = Open();
        var marks = new List<StoreMark> { store.Read(reader => reader.ReadMark()) };
        CreateVlan(store);
        marks.Add(store.Read(reader => reader.ReadMark()));
        marks.Add(store.Write(writer =>
        {
            AddressPool.Allocate(writer, 10, "vm-1");
            return writer.ReadMark();
        }));

        // A transaction that makes no revision stands on the one before; so does an observation.
        Assert.Equal(marks[^1], store.Write(writer => writer.ReadMark()));
        Assert.Equal(marks[^1], store.Observe(observer => observer.ReadMark()));
        Assert.Equal([0, 1, 2], marks.Select(mark => mark.Revision));
        Assert.All(marks, mark => Assert.True(store.Read(reader => reader.StandsOn(mark))));
        Assert.All(marks, mark => Assert.True(store.Write(writer => writer.StandsOn(mark))));
        Assert.All(marks, mark => Assert.False(store.Read(reader => reader.StandsOn(mark with { Token = "00" }))));
        Assert.False(store.Read(reader => reader.StandsOn(marks[^1] with { Revision = 3 })));
        Assert.False(store.Read(reader => reader.StandsOn(marks[^1] with { Revision = 1 })));
    }

    [Fact]
    public void A_change_that_throws_leaves_nothing()
    {
        var store = Open();
        CreateVlan(store);
        var error = Assert.Throws<InvalidTimeZoneException>(() => store.Write<int>(writer =>
        {
            AddressPool.Allocate(writer, 10, "vm-1");
            VlanCatalog.Create(writer, new MacVlan { VlanId = 20 });
            throw new InvalidTimeZoneException("mine");
        }));
        Assert.Equal("mine", error.Message);
        Assert.Equal(1, store.ReadRevision());
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
        Assert.Null(store.Read(reader => reader.FindVlan(20)));
        Assert.Single(store.Read(reader => reader.ListAuditEvents(new AuditQuery())));

        store.Write(writer => AddressPool.Allocate(writer, 10, "vm-2"));
        Assert.Equal(2, store.ReadRevision());
    }

    [Fact]
    public void A_transaction_sees_its_own_changes_and_others_see_them_when_it_has_ended()
    {
        var store = Open();
        var other = Open();
        CreateVlan(store);
        store.Write(writer =>
        {
            AddressPool.Allocate(writer, 10, "vm-1");
            Assert.Equal(1, writer.CountAllocations(10));
            foreach (var reading in new[] { store, other })
            {
                Assert.Equal(0, reading.Read(reader => reader.CountAllocations(10)));
                Assert.Equal(1, reading.ReadRevision());
                Assert.Equal(1, reading.ReadSnapshot().Revision);
            }

            return 0;
        });
        Assert.Equal(1, other.Read(reader => reader.CountAllocations(10)));
        Assert.Equal(2, other.ReadRevision());
    }

    [Fact]
    public void A_query_sees_one_state_while_others_write()
    {
        var store = Open();
        CreateVlan(store);
        store.Read(reader =>
        {
            Assert.Equal(1, reader.Revision);
            store.Write(writer => AddressPool.Allocate(writer, 10, "vm-1"));
            Assert.Equal(1, reader.Revision);
            Assert.Empty(reader.ListAllocations());
            return 0;
        });
        Assert.Single(store.Read(reader => reader.ListAllocations()));
    }

    [Fact]
    public async Task Reading_does_not_wait_for_a_long_change_of_the_same_handle()
    {
        var store = Open();
        CreateVlan(store);
        using var isWriting = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var cancellation = TestContext.Current.CancellationToken;
        var change = Task.Run(() => store.Write(writer =>
        {
            AddressPool.Allocate(writer, 10, "vm-1");
            isWriting.Set();
            Assert.True(mayEnd.Wait(Timeout, cancellation));
            return 0;
        }), cancellation);
        Assert.True(isWriting.Wait(Timeout, cancellation));
        Assert.Equal(1, await Task.Run(store.ReadRevision, cancellation).WaitAsync(Timeout, cancellation));
        Assert.Equal(1, (await Task.Run(() => store.ReadSnapshot(), cancellation).WaitAsync(Timeout, cancellation)).Revision);
        Assert.False(change.IsCompleted);
        mayEnd.Set();
        await change;
        Assert.Equal(2, store.ReadRevision());
    }

    [Fact]
    public void A_change_within_a_change_is_refused()
    {
        var store = Open();
        CreateVlan(store);
        Assert.Throws<InvalidOperationException>(() => store.Write(_ => store.Write(writer => AddressPool.Allocate(writer, 10, "vm-1"))));
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
    }

    [Fact]
    public void A_writer_gives_up_after_the_busy_timeout_and_says_so()
    {
        var store = Open();
        CreateVlan(store);
        var impatient = Open(busyTimeout: TimeSpan.FromMilliseconds(50));
        var error = store.Write(holder =>
        {
            Assert.Equal(1, holder.Revision);
            return Assert.Throws<MacSegmentationException>(() => impatient.Write(writer => AddressPool.Allocate(writer, 10, "vm-1")));
        });
        Assert.Equal("StoreBusy", error.ErrorId);
        Assert.Equal(MacErrorKind.Unavailable, error.Kind);
        Assert.True(error.EndsTransaction);
        Assert.Contains("0.05 s", error.Message, StringComparison.Ordinal);

        Assert.Equal("vm-1", impatient.Write(writer => AddressPool.Allocate(writer, 10, "vm-1")).InstanceId);
    }

    [Fact]
    public void Threads_on_one_handle_and_on_several_share_a_pool_without_duplicates()
    {
        CreateVlan(Open());
        var shared = Open();
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            using var own = Factory.Open(Place);
            for (int i = 0; i < 25; i++)
            {
                own.Write(writer => AddressPool.Allocate(writer, 10, $"own-{thread}-{i}"));
                shared.Write(writer => AddressPool.Allocate(writer, 10, $"shared-{thread}-{i}"));
            }
        });
        var allocations = shared.Read(reader => reader.ListAllocations(10));
        Assert.Equal(200, allocations.DistinctBy(allocation => allocation.InstanceId).Count());
        Assert.Equal(200, allocations.Count);
        Assert.Equal(201, shared.ReadRevision());
    }

    [Fact]
    public void A_handle_that_was_disposed_says_so()
    {
        var store = Open();
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.ReadRevision());
        Assert.Throws<ObjectDisposedException>(() => store.Read(reader => reader.Revision));
        Assert.Throws<ObjectDisposedException>(() => store.Write(writer => writer.Revision));
        Assert.Throws<ObjectDisposedException>(() => store.ReadSnapshot());
    }

    [Fact]
    public void The_audit_tells_who_changed_what_and_when()
    {
        var time = new ManualTime();
        var store = Open(time);
        CreateVlan(store);
        CreateVlan(store, 20, "02:00:5e:10:00:00/32");
        var later = time.GetUtcNow() + TimeSpan.FromHours(1);
        time.Advance(TimeSpan.FromHours(1));
        store.WriteEach(["vm-1", "vm-2"], (writer, instance) => AddressPool.Allocate(writer, 20, instance));

        var all = Events(new AuditQuery());
        Assert.Equal([1, 2, 3, 3], all.Select(entry => entry.Revision));
        Assert.Equal([AuditAction.CreateVlan, AuditAction.CreateVlan, AuditAction.AllocateAddress, AuditAction.AllocateAddress], all.Select(entry => entry.Action));
        Assert.Equal(all.Select(entry => entry.AuditId).Order().Distinct(), all.Select(entry => entry.AuditId));
        Assert.All(all, entry => Assert.Equal(("LAB\\anna", "host-1", "tests/1"), (entry.User, entry.HostName, entry.Process)));
        Assert.Equal(("02:00:5e:10:00:01", "to 'vm-2'", later), (all[3].Subject, all[3].Detail, all[3].Time));

        Assert.Equal(all[1..], Events(new AuditQuery { VlanId = 20 }));
        Assert.Equal(all[..2], Events(new AuditQuery { Action = AuditAction.CreateVlan }));
        Assert.Equal(all[2..], Events(new AuditQuery { Since = later }));
        Assert.Empty(Events(new AuditQuery { Since = later + TimeSpan.FromMicroseconds(1) }));
        Assert.Equal(all[3..], Events(new AuditQuery { Newest = 1 }));
        Assert.Equal(all[1..2], Events(new AuditQuery { VlanId = 20, Action = AuditAction.CreateVlan, Newest = 5 }));

        MacAuditEvent[] Events(AuditQuery query) => [.. store.Read(reader => reader.ListAuditEvents(query))];
    }

    [Theory]
    [InlineData("VM-\u00e4\u00df\u4e2d\ud83d\ude00'; DROP TABLE vlan; --")]
    [InlineData("%_\\\"")]
    public void Texts_come_back_as_they_were(string text)
    {
        string longest = string.Concat(Enumerable.Repeat("\u4e2d", 256));
        var store = Open();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 1, Name = text, Ranges = [MacRange.Parse(PoolOf4096)] }));
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 2, Name = string.Empty }));
        store.WriteEach([text, longest], (writer, instance) => AddressPool.Allocate(writer, 1, instance));
        Assert.Equal([text, string.Empty], store.Read(reader => reader.ListVlans()).Select(vlan => vlan.Name));
        Assert.Single(store.Read(reader => reader.ListAllocations(null, text)));
        Assert.Equal([text, longest], store.Read(reader => reader.ListAllocations()).Select(allocation => allocation.InstanceId));
        Assert.Empty(store.Read(reader => reader.ListAllocations(null, "%")));
    }

    [Fact]
    public void A_policys_number_is_never_used_again()
    {
        var store = Open();
        CreateVlan(store);
        AddPolicy(store, 10, 1);
        var last = AddPolicy(store, 10, 2);
        store.Write(writer => PolicyList.Remove(writer, last.PolicyId));
        Assert.True(AddPolicy(store, 10, 2).PolicyId > last.PolicyId);
    }
}
