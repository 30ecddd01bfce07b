using MacSegmentation.Auditing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Providers;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void Signs_of_life_leave_revision_audit_and_snapshot_as_they_are()
    {
        var time = new ManualTime();
        var store = Open(time);
        var other = Open(time);
        string[] names = [.. Enumerable.Range(1, 20).Select(i => $"site-{i:00}")];
        store.WriteEach(names, (writer, name) => ProviderCatalog.Create(writer, new MacProvider { Name = name }));
        var before = other.ReadSnapshot();
        int audited = store.Read(reader => reader.ListAuditEvents(new AuditQuery())).Count;
        for (int i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            foreach (var provider in store.Read(reader => reader.ListProviders()))
            {
                store.Observe(observer =>
                {
                    observer.MarkProviderSeen(provider.ProviderId);
                    return 0;
                });
            }
        }

        Assert.Same(before, other.ReadSnapshot(before));
        Assert.Equal(before.Revision, other.ReadRevision());
        Assert.Equal(audited, other.Read(reader => reader.ListAuditEvents(new AuditQuery())).Count);
        Assert.All(other.Read(reader => reader.ListProviders()), provider => Assert.Equal(time.GetUtcNow(), provider.SeenAt));

        // A change that was decided on what was read before does not take the sign of life back.
        store.Write(writer => ProviderCatalog.Change(writer, "site-01", lowWater: 30, blockSize: null));
        Assert.Equal(time.GetUtcNow(), store.Read(reader => reader.FindProvider("site-01"))!.SeenAt);
    }

    [Fact]
    public void An_enforcer_that_fell_silent_long_ago_is_forgotten_with_the_next_sign_of_life()
    {
        var time = new ManualTime();
        var store = Open(time);
        store.Write(FillWithInterfaces);
        var record = store.Read(reader => reader.FindInterface("web-1"))!;
        for (int i = 0; i < 50; i++)
        {
            time.Advance(TimeSpan.FromHours(6));
            store.Observe(observer =>
            {
                observer.UpsertInterfaceUse(
                    new InterfaceUse { InterfaceId = record.InterfaceId, EnforcerId = $"e{i}", HostName = "host-1", Process = "macseg/7", SeenAt = observer.Now });
                return 0;
            });
        }

        Assert.Equal(["e45", "e46", "e47", "e48", "e49"], store.Read(reader => reader.ListInterfaceUses(record.InterfaceId)).Select(use => use.EnforcerId));
    }

    [Fact]
    public void What_is_observed_and_fails_is_not_there()
    {
        var store = Open();
        var provider = store.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-1" }));
        Assert.Throws<InvalidOperationException>(() => store.Observe<int>(observer =>
        {
            observer.MarkProviderSeen(provider.ProviderId);
            throw new InvalidOperationException();
        }));
        Assert.Null(store.Read(reader => reader.FindProvider("site-1"))!.SeenAt);
    }
}
