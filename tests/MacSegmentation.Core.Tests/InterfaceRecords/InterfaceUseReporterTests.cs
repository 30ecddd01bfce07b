using MacSegmentation.Errors;
using MacSegmentation.Following;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

public sealed class InterfaceUseReporterTests
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public InterfaceUseReporterTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [Addressing.MacRange.Parse("02:00:00:00:00:10/44")] }));
        Create("web-1");
        Create("web-2");
    }

    [Fact]
    public void A_use_lasts_as_long_as_the_enforcer()
    {
        long revision = store.ReadRevision();
        var reporter = Start();
        for (int round = 0; round < 10; round++)
        {
            time.Advance(InterfaceUseReporter.Interval);
            Assert.Equal("InterfaceInUse", Removal("WEB-1"));
        }

        Assert.Equal(revision, store.ReadRevision());
        reporter.Dispose();
        reporter.Dispose();
        Assert.Null(Removal("web-1"));
    }

    [Fact]
    public void A_use_by_a_process_that_died_ends_by_itself()
    {
        using var reporter = Start();
        store.Failure = new IOException("as if the process were gone");
        time.Advance(InterfaceUse.Lifetime - TimeSpan.FromSeconds(1));
        store.Failure = null;
        Assert.Equal("InterfaceInUse", Removal("web-1"));

        store.Failure = new IOException("still gone");
        time.Advance(TimeSpan.FromSeconds(1));
        store.Failure = null;
        Assert.Null(Removal("web-1"));
    }

    [Fact]
    public void A_store_that_cannot_be_written_for_a_round_ends_nothing()
    {
        using var reporter = Start();
        store.Failure = new IOException("the disk is gone");
        time.Advance(InterfaceUseReporter.Interval);
        store.Failure = null;
        time.Advance(InterfaceUseReporter.Interval);
        time.Advance(InterfaceUseReporter.Interval);
        Assert.Equal("InterfaceInUse", Removal("web-1"));
        store.Failure = new IOException("again");
        reporter.Dispose();
    }

    [Fact]
    public void A_record_that_comes_back_is_used_again_and_others_are_free()
    {
        using var reporter = Start();
        Assert.Null(Removal("web-2"));
        store.Write(w => InterfaceCatalog.Remove(w, "web-1", force: true));
        time.Advance(InterfaceUseReporter.Interval);
        Create("web-1");
        time.Advance(InterfaceUseReporter.Interval);
        Assert.Equal("InterfaceInUse", Removal("web-1"));
    }

    private InterfaceUseReporter Start() => new(store, ["Web-1", "unknown"], new("anna", "host-1", "macseg/7"), time);

    private void Create(string name) => store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = name, VlanId = 10 }));

    private string? Removal(string name)
    {
        try
        {
            store.Read(r => InterfaceCatalog.GetRemovable(r, name, force: false));
            return null;
        }
        catch (MacSegmentationException error)
        {
            return error.ErrorId;
        }
    }
}
