using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Ownership;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

public sealed class AddressOwnerTests
{
    private const string MacA = "02:00:00:00:00:0a";
    private const string MacB = "02:00:00:00:00:0b";
    private const string MacFar = "02:00:00:00:00:0f";
    private const string Virtual = "00:00:5e:00:01:0a";

    private readonly TestBridge bridge = new(
        Snapshot(
            WithPair(Record("a", 10, MacA, "10.0.0.1/24"), "10.0.0.100", Virtual),
            WithPair(Record("b", 10, MacB, "10.0.0.100/24"), "10.0.0.101", Virtual),
            Record("far", 10, MacFar, "10.0.0.3/24"),
            Record("other", 20, MacA, "10.0.0.1/24")),
        [PortOf("a"), PortOf("b"), Uplink("up", 10, 20)]);

    [Fact]
    public void A_fixed_address_is_held_by_its_record_in_each_of_its_vlans()
    {
        var owners = bridge.Switch.FindAddressOwners(IPAddress.Parse("10.0.0.1"));
        Assert.Equal([(10, "a", "p-a"), (20, "other", null)], owners.Select(owner => (owner.VlanId, owner.Interface!, owner.Port)));
        Assert.All(owners, owner => Assert.Equal((DetectionMethod.Fixed, Mac(MacA), 0), (owner.DetectedBy, owner.MacAddress!.Value, owner.Changes)));
        Assert.Equal(["a"], owners[0].Candidate);
        Assert.Equal([(10, "a"), (20, "other")], bridge.Switch.FindAddressOwners(Mac(MacA)).Select(owner => (owner.VlanId, owner.Interface!)));
    }

    [Fact]
    public void A_fixed_address_behind_an_uplink_is_there_once_a_frame_came_from_it()
    {
        Assert.Null(Assert.Single(bridge.Switch.FindAddressOwners(IPAddress.Parse("10.0.0.3"))).Port);
        bridge.Send("up", new FrameBuilder(Mac(MacFar), Mac(MacA), vlanId: 10).EchoRequest(IPAddress.Parse("10.0.0.3"), IPAddress.Parse("10.0.0.1")));
        var owner = Assert.Single(bridge.Switch.FindAddressOwners(Mac(MacFar)));
        Assert.Equal(("far", "up", DetectionMethod.Fixed), (owner.Interface, owner.Port, owner.DetectedBy));
    }

    [Fact]
    public void A_pair_s_address_has_to_be_shown_to_be_held_even_if_it_is_another_s_fixed_address()
    {
        var address = IPAddress.Parse("10.0.0.100");
        var before = Assert.Single(bridge.Switch.FindAddressOwners(address));
        Assert.Equal((null, null, null), (before.Interface, before.DetectedBy, before.MacAddress));
        Assert.Equal(["a", "b"], before.Candidate);

        bridge.Send("p-a", new FrameBuilder(Mac(Virtual), Mac("ff:ff:ff:ff:ff:ff")).Arp(1, address, address));
        var after = Assert.Single(bridge.Switch.FindAddressOwners(address));
        Assert.Equal(("a", "p-a", DetectionMethod.Arp, Mac(Virtual)), (after.Interface, after.Port, after.DetectedBy, after.MacAddress));
        Assert.Equal(("a", "p-a", DetectionMethod.Frame), Assert.Single(bridge.Switch.FindAddressOwners(Mac(Virtual))) is var mac ? (mac.Interface, mac.Port, mac.DetectedBy) : default);
    }

    [Fact]
    public void The_list_has_pairs_and_shared_mac_addresses_only()
    {
        var owners = bridge.Switch.ListAddressOwners();
        Assert.Equal(["10.0.0.100", "10.0.0.101", Virtual], owners.Select(owner => $"{(object?)owner.IPAddress ?? owner.MacAddress}"));
        Assert.All(owners, owner => Assert.Equal(10, owner.VlanId));
        Assert.All(owners, owner => Assert.Equivalent(owner, Assert.Single(Find(owner))));
    }

    [Fact]
    public void Nobody_holds_an_address_that_no_record_has()
    {
        Assert.Empty(bridge.Switch.FindAddressOwners(IPAddress.Parse("10.0.0.77")));
        Assert.Empty(bridge.Switch.FindAddressOwners(Mac("02:00:00:00:00:77")));
    }

    private static MacAddress Mac(string text) => MacAddress.Parse(text, provider: null);

    private IReadOnlyList<MacAddressOwner> Find(MacAddressOwner owner) => owner.IPAddress is { } address
        ? bridge.Switch.FindAddressOwners(address)
        : bridge.Switch.FindAddressOwners(owner.MacAddress!.Value);
}
