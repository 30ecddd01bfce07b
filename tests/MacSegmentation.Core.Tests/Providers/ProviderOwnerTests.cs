using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Providers;

/// <summary>Whom handles belong to, at sites with stores of their own: the shared store and every site say the same.</summary>
public sealed class ProviderOwnerTests : IDisposable
{
    private static readonly HandleParty A = HandleParty.Of("client-a");
    private static readonly HandleParty B = HandleParty.Of("client-b");

    private static readonly Errors.MacSegmentationException Gone = new("StoreUnavailable", Errors.MacErrorKind.Unavailable, "The server is gone.") { EndsTransaction = true };

    private readonly ManualTime time = new();
    private readonly InMemoryStore root;
    private readonly List<Site> sites = [];

    public ProviderOwnerTests()
    {
        root = new InMemoryStore(time, "root");
        foreach (int vlanId in new[] { 10, 20 })
        {
            root.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = vlanId, Ranges = [MacRange.Parse($"02:00:00:00:{vlanId:00}:00/40")] }));
        }

        root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a", BlockSize = 16 }));
        root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-b", BlockSize = 16 }));
    }

    public void Dispose() => sites.ForEach(site => site.Dispose());

    [Fact]
    public void A_site_refuses_what_another_client_has_at_another_site_and_gives_it_in_another_VLAN()
    {
        var (a, b) = (Start("site-a"), Start("site-b"));
        var given = a.Request(For("cam", A));
        Assert.Equal("HandleOfAnother", b.Fails(For("cam", B)));
        Assert.NotEqual(given.MacAddress, b.Request(For("cam", B, 20)).MacAddress);
        Synchronize(a, b);
        Assert.Equal("HandleInOtherVlan", b.Fails(For("cam", B)));
        Assert.Equal("HandleOfAnother", b.Fails(For("cam", HandleParty.Of("client-c"))));
        Assert.Equal(given.MacAddress, b.Request(For("cam", A)).MacAddress);
        Assert.Equal(["client-a 10", "client-b 20"], root.Read(reader => reader.ListHandlesNamed("cam")).Select(record => $"{record.Client} {record.VlanId}").Order());
        AssertAlike(a, b);
    }

    [Fact]
    public void A_name_that_two_clients_registered_while_their_sites_could_not_hear_each_other_stays_with_both()
    {
        var (a, b) = (Start("site-a"), Start("site-b"));
        a.Request(For("warm", A));
        b.Request(For("warm-b", B));
        root.Failure = Gone;
        var first = a.Request(For("cam", A));
        var second = b.Request(For("cam", B));
        root.Failure = null;
        Synchronize(a, b);
        Assert.NotEqual(first.MacAddress, second.MacAddress);
        Assert.Equal([first.MacAddress, second.MacAddress], root.Read(reader => reader.ListHandlesNamed("cam")).OrderBy(record => record.Client, StringComparer.Ordinal).Select(record => record.MacAddress));
        Assert.Equal(second.MacAddress, a.Request(For("cam", B)).MacAddress);
        AssertAlike(a, b);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_nobody_owns_is_adopted_here_and_there(bool isOfSite)
    {
        var (a, b) = (Start("site-a"), Start("site-b"));
        var given = isOfSite ? a.Request(For("cam", HandleParty.Administrator)) : root.Write(writer => HandleRegistry.Request(writer, For("cam", HandleParty.Administrator)));
        Synchronize(a, b);
        Assert.Equal(given.MacAddress, b.Request(For("cam", B)).MacAddress);
        Synchronize(b, a);
        Assert.Equal("client-b", Assert.Single(root.Read(reader => reader.ListHandlesNamed("cam"))).Client);
        Assert.Equal("HandleOfAnother", a.Fails(For("cam", A)));
        AssertAlike(a, b);
    }

    [Fact]
    public void An_adoption_alone_is_told_when_the_shared_store_is_back()
    {
        var (a, b) = (Start("site-a"), Start("site-b"));
        var given = a.Request(For("cam", HandleParty.Administrator));
        Synchronize(a, b);
        root.Failure = Gone;
        Assert.Equal(given.MacAddress, a.Request(For("cam", A)).MacAddress);
        root.Failure = null;
        Synchronize(a, b);
        Assert.Equal("client-a", Assert.Single(root.Read(reader => reader.ListHandlesNamed("cam"))).Client);
        AssertAlike(a, b);
    }

    [Fact]
    public void A_quota_counts_what_was_given_out_at_all_sites()
    {
        var (a, b) = (Start("site-a"), Start("site-b"));
        var few = A with { Quota = 3 };
        a.Request(For("h1", few));
        b.Request(For("h2", few));
        a.Request(For("h3", few));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("QuotaExceeded", b.Fails(For("h4", few)));
            Assert.Equal("QuotaExceeded", a.Fails(For("h4", few)));
        }

        a.Request(For("other", B));
        Synchronize(a, b);
        Assert.Equal("QuotaExceeded", b.Fails(For("h4", few)));
        root.Write(writer => HandleRegistry.Release(writer, DeviceHandle.Parse("h2"), party: A));
        Synchronize(b, a);
        b.Request(For("h4", few));
        AssertAlike(a, b);
    }

    private static HandleRequest For(string handle, HandleParty party, int vlanId = 10) => new() { Handle = DeviceHandle.Parse(handle), VlanId = vlanId, Party = party };

    private static void Synchronize(params Site[] sites)
    {
        for (int i = 0; i < 2; i++)
        {
            Array.ForEach(sites, site => site.Synchronize());
        }
    }

    /// <summary>After rounds, every site has of each name what the shared store has.</summary>
    private void AssertAlike(params Site[] sites)
    {
        Synchronize(sites);
        string[] there = [.. root.Read(reader => reader.ListHandles()).Select(Describe)];
        Assert.All(sites, site => Assert.Equal(there, site.Home.Read(reader => reader.ListHandles()).Select(Describe)));

        static string Describe(MacHandle record) => $"{record.Handle} of '{record.Client}' {record.VlanId} {record.MacAddress} {record.State}";
    }

    private Site Start(string name)
    {
        var site = new Site(name, root, time);
        sites.Add(site);
        return site;
    }
}
