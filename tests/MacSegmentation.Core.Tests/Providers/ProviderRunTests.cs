using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Providers;

/// <summary>Runs of addresses out of a provider's blocks.</summary>
public sealed class ProviderRunTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore root;
    private readonly List<Site> sites = [];

    public ProviderRunTests()
    {
        root = new InMemoryStore(time, "root");
        root.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/42")] }));
        root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a", BlockSize = 16 }));
        root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-b", BlockSize = 16 }));
    }

    public void Dispose() => sites.ForEach(site => site.Dispose());

    [Fact]
    public void A_run_comes_from_a_block_which_is_fetched_where_there_is_none()
    {
        var a = Start("site-a");
        var offer = a.Offer("d", 4);
        Assert.Equal(MacRange.Parse("02:00:00:00:00:00-02:00:00:00:00:03"), offer);
        Assert.Empty(root.Read(reader => reader.ListHandles()));
        Assert.Equal(offer, a.RequestRun("d", 4));
        Assert.Equal(["d", "d/1", "d/2", "d/3"], root.Read(reader => reader.ListHandles()).Select(handle => handle.Handle));
        Assert.Equal(offer, a.RequestRun("d", 9));

        // No longer than a block, and no block is fetched for that: a client that asks for much empties nothing.
        Assert.Equal(12, a.RequestRun("e", 100).Count);
        Assert.Single(root.Read(reader => reader.ListBlocks()));
    }

    [Fact]
    public void A_run_that_was_given_up_comes_back_when_the_shared_store_has_heard()
    {
        var a = Start("site-a");
        var first = a.RequestRun("d", 4);
        Assert.Equal(4, a.ReleaseRun("d").Count);
        Assert.All(root.Read(reader => reader.ListHandles()), handle => Assert.Equal(HandleState.Released, handle.State));
        a.Synchronize();
        Assert.Equal(first, a.RequestRun("d", 4));
    }

    [Fact]
    public void A_run_that_another_site_gave_is_answered_alike()
    {
        var (a, b) = (Start("site-a"), Start("site-b"));
        var given = a.RequestRun("d", 3);
        b.Synchronize();
        Assert.Equal(given, b.RequestRun("d", 3));
        Assert.Equal(3, root.Read(reader => reader.ListHandles()).Count);
    }

    [Fact]
    public void What_no_block_has_is_refused()
    {
        var a = Start("site-a");
        Assert.Equal("PoolExhausted", Assert.Throws<MacSegmentationException>(() => a.RequestRun("d", 1, SlapQuadrant.ELI)).ErrorId);
        Assert.Equal("PoolExhausted", Assert.Throws<MacSegmentationException>(() => a.Offer("d", 1, SlapQuadrant.ELI)).ErrorId);
        Assert.Equal(1, a.RequestRun("d", 1, SlapQuadrant.ELI, SlapQuadrant.AAI).Count);
    }

    private Site Start(string name)
    {
        var site = new Site(name, root, time);
        sites.Add(site);
        return site;
    }
}
