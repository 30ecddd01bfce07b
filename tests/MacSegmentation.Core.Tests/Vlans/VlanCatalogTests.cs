using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Vlans;

public sealed class VlanCatalogTests
{
    private readonly InMemoryStore store = new(new ManualTime());

    public VlanCatalogTests() => Create(10, "02:00:00:00:00:10-02:00:00:00:00:1f");

    [Theory]
    [InlineData(0, "(0 marks a frame that has a priority only)")]
    [InlineData(4095, "(4095 is reserved by IEEE 802.1Q)")]
    [InlineData(-1, "from 1 to 4094.")]
    [InlineData(4096, "from 1 to 4094.")]
    public void Numbers_that_are_no_VLAN_are_refused(int vlanId, string why) =>
        Assert.Contains(why, Fails("InvalidVlanId", () => Create(vlanId)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("00:00:00:00:00:00-00:00:00:00:00:05", "ZeroAddressInRange")]
    [InlineData("01:00:5e:00:00:00/25", "GroupAddressInRange")]
    [InlineData("02:ff:ff:ff:ff:ff-03:00:00:00:00:00", "GroupAddressInRange")]
    [InlineData("02:00:00:00:00:00-04:00:00:00:00:00", "GroupAddressInRange")]
    [InlineData("ff:ff:ff:ff:ff:ff", "GroupAddressInRange")]
    [InlineData("02:00:00:00:00:1f-02:00:00:00:00:20", "RangeOverlap")]
    public void Ranges_that_no_pool_can_have_are_refused(string range, string errorId)
    {
        Fails(errorId, () => Create(20, range));
        Fails(errorId, () => Change(new VlanChange { AddRanges = [MacRange.Parse(range)] }));
    }

    [Theory]
    [InlineData("00:00:5e:00:01:00/40", "00:00:5e:00:01:00-00:00:5e:00:01:ff, reserved for IANA")]
    [InlineData("02:00:00:00:00:00/8", "02:bf:00:00:00:00-02:bf:ff:ff:ff:ff, reserved for clusters of Network Load Balancing")]
    [InlineData("02:be:00:00:00:00-02:bf:00:00:00:05", "02:bf:00:00:00:00-02:bf:00:00:00:05, reserved")]
    [InlineData("00:07:b4:00:01:00/40", "00:07:b4:00:01:00-00:07:b4:00:01:ff, reserved for the virtual forwarders of GLBP")]
    [InlineData("00:00:0c:07:ac:00/40", "HSRP version 1")]
    public void A_range_over_reserved_addresses_is_told_with_the_part_and_the_way_out(string range, string said)
    {
        string warning = Assert.Single(ReservedAddresses.Warnings(20, [MacRange.Parse(range)]));
        Assert.Contains(said, warning, StringComparison.Ordinal);
        Assert.Contains("Set-MacVlan 20 -RemoveRange", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_beside_reserved_addresses_is_nothing_to_tell() =>
        Assert.Empty(ReservedAddresses.Warnings(20, [MacRange.Parse("00:00:5f:00:00:00/24"), MacRange.Parse("02:be:00:00:00:00/16"), MacRange.Parse("00:1a:2b:3c:40:00/36")]));

    [Fact]
    public void A_VLAN_shows_the_quadrants_of_its_ranges()
    {
        Create(20, "0a:00:00:00:00:00/40", "00:1a:2b:3c:40:00/40", "0a:00:00:00:10:00/40");
        Assert.Equal([SlapQuadrant.None, SlapQuadrant.ELI], store.Read(r => VlanCatalog.Get(r, 20)).SlapQuadrant);
    }

    [Fact]
    public void An_overlap_names_the_VLAN_and_the_range_it_meets()
    {
        Assert.Contains(
            "meets 02:00:00:00:00:10-02:00:00:00:00:1f of VLAN 10.", Fails("RangeOverlap", () => Create(20, "02:00:00:00:00:00/40")).Message, StringComparison.Ordinal);
        Assert.Contains("given with it", Fails("RangeOverlap", () => Create(20, "02:00:00:00:01:00/40", "02:00:00:00:01:05")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_address_is_a_range_and_neighbours_are_joined()
    {
        Assert.Single(Create(20, "02:00:00:00:00:20").Ranges);
        Assert.Equal([MacRange.Parse("02:00:00:00:01:00-02:00:00:00:01:05")], Create(30, "02:00:00:00:01:04-02:00:00:00:01:05", "02:00:00:00:01:00-02:00:00:00:01:03").Ranges);
    }

    [Fact]
    public void A_VLAN_exists_once_and_only_then_can_be_changed_or_removed()
    {
        Fails("VlanExists", () => Create(10));
        Fails("VlanNotFound", () => store.Write(w => VlanCatalog.Change(w, 11, new VlanChange())));
        Fails("VlanNotFound", () => store.Write(w => VlanCatalog.Remove(w, 11, force: true)));
        Fails("InvalidVlanName", () => Change(new VlanChange { Name = new string('n', 65) }));
        Fails("InvalidReuseDelay", () => Change(new VlanChange { ReuseDelay = TimeSpan.FromSeconds(-1) }));
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_name()
    {
        Change(new VlanChange { Name = "cameras" });
        var vlan = Change(new VlanChange { DefaultAction = PolicyAction.Deny });
        Assert.Equal(("cameras", PolicyAction.Deny, 1), (vlan.Name, vlan.DefaultAction, vlan.Ranges.Count));
    }

    [Fact]
    public void A_change_of_nothing_is_none()
    {
        long revision = store.ReadRevision();
        Change(new VlanChange());
        Change(new VlanChange { DefaultAction = PolicyAction.Allow, Name = string.Empty });
        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void A_range_that_is_in_use_stays()
    {
        store.Write(w => AddressPool.Allocate(w, 10, "a"));
        Assert.Contains("has 1 allocation.", Fails("RangeInUse", () => Change(new VlanChange { RemoveRanges = [MacRange.Parse("02:00:00:00:00:10/46")] })).Message, StringComparison.Ordinal);
        Fails("RangeNotInVlan", () => Change(new VlanChange { RemoveRanges = [MacRange.Parse("02:00:00:00:00:1f-02:00:00:00:00:20")] }));
        var vlan = Change(new VlanChange { RemoveRanges = [MacRange.Parse("02:00:00:00:00:14/46")] });
        Assert.Equal(["02:00:00:00:00:10-02:00:00:00:00:13", "02:00:00:00:00:18-02:00:00:00:00:1f"], vlan.Ranges.Select(r => r.ToString()));
    }

    [Fact]
    public void A_range_can_go_and_come_back_in_one_change()
    {
        var vlan = Change(new VlanChange { RemoveRanges = [MacRange.Parse("02:00:00:00:00:10/44")], AddRanges = [MacRange.Parse("02:00:00:00:00:18-02:00:00:00:00:2f")] });
        Assert.Equal(["02:00:00:00:00:18-02:00:00:00:00:2f"], vlan.Ranges.Select(r => r.ToString()));
        Assert.Equal(vlan.Ranges, store.Read(r => r.ListFree(10)));
    }

    [Fact]
    public void A_VLAN_with_allocations_needs_force_and_says_how_many()
    {
        store.Write(w => AddressPool.Allocate(w, 10, "a"));
        store.Write(w => AddressPool.Allocate(w, 10, "b"));
        Assert.Contains("has 2 allocations.", Fails("VlanInUse", () => store.Write(w => VlanCatalog.Remove(w, 10, force: false))).Message, StringComparison.Ordinal);
        store.Write(w => VlanCatalog.Remove(w, 10, force: true));
        Assert.Empty(store.Read(r => r.ListAllocations()));
        Assert.Empty(store.Read(r => r.ListVlans()));
    }

    [Fact]
    public void A_VLAN_whose_addresses_providers_give_out_stays_also_by_force()
    {
        long block = store.Write(w => BlockCatalog.Grant(w, ProviderCatalog.Create(w, new MacProvider { Name = "site-a" }).Name, 10, 4))[0].BlockId;
        Assert.Contains("has 1 block ", Fails("VlanDelegated", () => store.Write(w => VlanCatalog.Remove(w, 10, force: true))).Message, StringComparison.Ordinal);
        store.Write(w => BlockCatalog.Recall(w, block));
        Fails("VlanDelegated", () => store.Write(w => VlanCatalog.Remove(w, 10, force: true)));
        store.Write(w => BlockCatalog.Close(w, block));
        store.Write(w => VlanCatalog.Remove(w, 10, force: false));
        Assert.Empty(store.Read(r => r.ListVlans()));
    }

    private MacVlan Create(int vlanId, params string[] ranges) =>
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = vlanId, Ranges = [.. ranges.Select(MacRange.Parse)] }));

    private MacVlan Change(VlanChange change) => store.Write(w => VlanCatalog.Change(w, 10, change));

    private MacSegmentationException Fails(string errorId, Func<object> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(change);
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}
