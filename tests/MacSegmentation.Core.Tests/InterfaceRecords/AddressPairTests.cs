using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

public sealed class AddressPairTests
{
    private static readonly MacAddress Virtual = MacAddress.Parse("00:00:5e:00:01:0a");
    private readonly InMemoryStore store = new(new ManualTime());

    public AddressPairTests()
    {
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")] }));
        Create("web-1", "10.0.0.11/24", "fd00::11/64");
    }

    [Fact]
    public void A_pair_has_an_address_of_its_own_or_the_interface_s()
    {
        var own = Add("10.0.0.100", Virtual);
        var following = Add("fd00::100");
        Assert.Equal(("web-1", 10, Virtual, true), (own.InterfaceName, own.VlanId, own.MacAddress, own.HasOwnMacAddress));
        Assert.Equal(("02:00:00:00:00:10", false), (following.MacAddress.ToString(), following.HasOwnMacAddress));
        Assert.Equal([own, following], Get().AddressPair);
        Assert.Equal((AuditAction.AddAddressPair, 10, "fd00::100 with 02:00:00:00:00:10", "to interface 'web-1'"), LastEvent());
        Assert.Equal(own, Remove("10.0.0.100"));
        Assert.Equal([following], Get().AddressPair);
        Assert.Equal((AuditAction.RemoveAddressPair, 10, "10.0.0.100 with 00:00:5e:00:01:0a", "from interface 'web-1'"), LastEvent());
    }

    [Fact]
    public void Pairs_are_sorted_as_numbers()
    {
        foreach (string address in (string[])["10.0.0.100", "fd00::2", "10.0.0.20", "10.0.0.3", "fd00::10"])
        {
            Add(address);
        }

        Add("10.0.0.20", Virtual);
        Assert.Equal(
            ["10.0.0.3", "10.0.0.20", "10.0.0.20", "10.0.0.100", "fd00::2", "fd00::10"], Get().AddressPair.Select(pair => pair.IPAddress.ToString()));
        Assert.Equal([Virtual, Get().MacAddress], Get().AddressPair.Skip(1).Take(2).Select(pair => pair.MacAddress));
    }

    [Theory]
    [InlineData("10.0.0.0/24", "AddressPairIsPrefix")]
    [InlineData("10.0.0.100/32", "AddressPairIsPrefix")]
    [InlineData("10.0.0", "InvalidIPAddress")]
    [InlineData("0x0a.0.0.100", "InvalidIPAddress")]
    [InlineData("010.0.0.100", "InvalidIPAddress")]
    [InlineData("10.0.0.100 ", "InvalidIPAddress")]
    [InlineData("::ffff:10.0.0.100", "InvalidIPAddress")]
    [InlineData("fd00::1%2", "InvalidIPAddress")]
    [InlineData("", "InvalidIPAddress")]
    [InlineData("10.0.0.0", "InvalidIPAddress")]
    [InlineData("10.0.0.255", "InvalidIPAddress")]
    [InlineData("10.0.1.1", "AddressOutsideSubnet")]
    [InlineData("fd00:0:0:1::1", "AddressOutsideSubnet")]
    [InlineData("10.0.0.11", "AddressPairExists")]
    public void Addresses_that_no_pair_can_hold_are_refused(string address, string errorId) => Fails(errorId, () => Add(address));

    [Theory]
    [InlineData("fe80::4c1d:93aa:1:2")]
    [InlineData("fe80::1")]
    public void A_link_local_pair_is_in_a_subnet_of_every_link(string address)
    {
        Add(address);
        Fails("AddressPairExists", () => Add(address));
        Fails("AddressOutsideSubnet", () => Add("fe80:0:0:1::1"));

        // It stays whatever becomes of the fixed addresses, as long as there is one.
        store.Write(writer => InterfaceCatalog.Change(writer, "web-1", new InterfaceChange { IPAddress = ["10.9.0.1/24"] }));
        Fails("AddressPairOutsideSubnet", () => store.Write(writer => InterfaceCatalog.Change(writer, "web-1", new InterfaceChange { IPAddress = [] })));
    }

    [Fact]
    public void An_address_outside_names_the_subnets_it_could_be_in()
    {
        Assert.Contains("(10.0.0.11/24, fd00::11/64)", Fails("AddressOutsideSubnet", () => Add("10.0.1.1")).Message, StringComparison.Ordinal);
        Create("bare");
        Assert.Contains("has no fixed address", Fails("AddressOutsideSubnet", () => Add("10.0.0.1", name: "bare")).Message, StringComparison.Ordinal);
        Fails("InterfaceNotFound", () => Add("10.0.0.1", name: "nobody"));
    }

    [Fact]
    public void A_pair_s_own_address_is_one_that_a_frame_can_come_from()
    {
        Fails("GroupAddressNotAllowed", () => Add("10.0.0.100", MacAddress.Parse("01:00:5e:00:00:12")));
        Fails("ZeroAddressNotAllowed", () => Add("10.0.0.100", default(MacAddress)));
    }

    [Fact]
    public void The_same_two_addresses_are_a_pair_once()
    {
        Add("10.0.0.100", Virtual);
        Add("10.0.0.100");
        Fails("AddressPairExists", () => Add("10.0.0.100", Virtual));
        Fails("AddressPairExists", () => Add("10.0.0.100"));
        Fails("AddressPairExists", () => Add("10.0.0.100", Get().MacAddress));

        // Its own fixed address with another MAC address is a pair: a virtual router whose address is one of the machine's.
        Add("10.0.0.11", Virtual);
    }

    [Fact]
    public void Only_a_pair_that_is_meant_without_doubt_is_removed()
    {
        Add("10.0.0.100", Virtual);
        Add("10.0.0.100");
        Assert.Contains(
            "00:00:5e:00:01:0a and 02:00:00:00:00:10", Fails("AddressPairAmbiguous", () => Remove("10.0.0.100")).Message, StringComparison.Ordinal);
        Fails("AddressPairNotFound", () => Remove("10.0.0.100", MacAddress.Parse("00:00:5e:00:01:0b")));
        Fails("AddressPairNotFound", () => Remove("10.0.0.101"));
        Fails("AddressPairIsPrefix", () => Remove("10.0.0.100/24"));
        Assert.False(Remove("10.0.0.100", Get().MacAddress).HasOwnMacAddress);
        Assert.True(Remove("10.0.0.100").HasOwnMacAddress);
    }

    [Fact]
    public void Sixty_four_pairs_are_the_most()
    {
        for (int i = 0; i < InterfaceCatalog.MaxAddressPairs; i++)
        {
            Add($"10.0.0.{100 + i}");
        }

        Fails("TooManyAddressPairs", () => Add("10.0.0.99"));
        Remove("10.0.0.100");
        Add("10.0.0.99");
    }

    [Fact]
    public void A_change_that_would_leave_a_pair_without_a_subnet_is_refused()
    {
        Add("10.0.0.100");
        Add("10.0.0.101", Virtual);
        Assert.Contains("10.0.0.100", Fails("AddressPairOutsideSubnet", () => Change("10.1.0.11/24")).Message, StringComparison.Ordinal);
        Fails("AddressPairOutsideSubnet", () => Change());
        Fails("AddressPairOutsideSubnet", () => Change("10.0.0.102/30"));
        Fails("AddressPairExists", () => Change("10.0.0.100/24"));
        Assert.Equal(2, Change("10.0.0.101/16").AddressPair.Count);
    }

    [Fact]
    public void What_another_record_has_for_itself_is_shared_only_by_force()
    {
        Create("web-2", "10.0.0.12/24");
        var other = store.Read(r => InterfaceCatalog.Get(r, "web-2"));
        Assert.Contains("'web-2'", Fails("AddressPairTaken", () => Add("10.0.0.12")).Message, StringComparison.Ordinal);
        Fails("AddressPairTaken", () => Add("10.0.0.200", other.MacAddress));
        Assert.DoesNotContain(Get().AddressPair, pair => pair.IPAddress.ToString() is "10.0.0.12" or "10.0.0.200");

        store.Write(w => InterfaceCatalog.AddPair(w, "web-1", "10.0.0.12", macAddress: null, force: true));
        store.Write(w => InterfaceCatalog.AddPair(w, "web-1", "10.0.0.200", other.MacAddress, force: true));

        // What the record has itself, and what nobody has, asks for nothing.
        Add("10.0.0.201", Get().MacAddress);
        Add("10.0.0.202", new MacAddress(0x0000_5E00_0101));
    }

    [Theory]
    [InlineData("uplink")]
    [InlineData("Uplink")]
    public void No_record_is_called_as_the_port_to_other_switches(string name) => Fails("InterfaceNameReserved", () => Create(name));

    [Fact]
    public void Whatever_is_done_a_record_s_pairs_could_be_added_to_it_anew() => Property.Holds(
        Gen.Zip(Gen.Choose(0, 5), Gen.Zip(Gen.Choose(0, 24), Gen.Choose(0, 2))).ArrayOf(40),
        steps =>
        {
            var subject = new InMemoryStore(new ManualTime());
            subject.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")] }));
            subject.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "a", VlanId = 10, IPAddress = ["10.0.0.9/28"] }));
            foreach (var (step, (number, mac)) in steps)
            {
                try
                {
                    subject.Write(w => Apply(w, step, number, mac));
                }
                catch (MacSegmentationException)
                {
                    // Refused: the check below holds for what is there.
                }

                var record = subject.Read(r => InterfaceCatalog.Get(r, "a"));
                Assert.Equal(record.AddressPair.Order(InterfaceCatalog.PairOrder), record.AddressPair);
                Assert.All(record.AddressPair.Where(pair => !pair.HasOwnMacAddress), pair => Assert.Equal(record.MacAddress, pair.MacAddress));
                foreach (var pair in record.AddressPair)
                {
                    subject.Write(w => InterfaceCatalog.RemovePair(w, "a", pair.IPAddress.ToString(), pair.MacAddress));
                    subject.Write(w => InterfaceCatalog.AddPair(w, "a", pair.IPAddress.ToString(), pair.HasOwnMacAddress ? pair.MacAddress : null));
                }

                Assert.Equal(record.AddressPair, subject.Read(r => InterfaceCatalog.Get(r, "a")).AddressPair);
            }
        });

    private static object Apply(IStoreWriter writer, int step, int number, int mac) => step switch
    {
        < 3 => InterfaceCatalog.AddPair(writer, "a", $"10.0.0.{number}", mac == 0 ? null : new MacAddress(0x0200_0000_0010 + (ulong)mac)),
        3 => InterfaceCatalog.Change(writer, "a", new InterfaceChange { MacAddress = new MacAddress(0x0200_0000_0010 + (ulong)mac) }),
        _ => InterfaceCatalog.Change(writer, "a", new InterfaceChange { IPAddress = [$"10.0.0.{number}/{27 + mac}", $"10.0.0.{number + 16}/30"] }),
    };

    private MacInterface Get() => store.Read(r => InterfaceCatalog.Get(r, "web-1"));

    private MacInterface Create(string name, params string[] addresses) =>
        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = name, VlanId = 10, IPAddress = addresses }));

    private MacInterface Change(params string[] addresses) =>
        store.Write(w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { IPAddress = addresses }));

    private MacAddressPair Add(string address, MacAddress? macAddress = null, string name = "web-1") =>
        store.Write(w => InterfaceCatalog.AddPair(w, name, address, macAddress));

    private MacAddressPair Remove(string address, MacAddress? macAddress = null) =>
        store.Write(w => InterfaceCatalog.RemovePair(w, "WEB-1", address, macAddress));

    private (AuditAction Action, int VlanId, string Subject, string Detail) LastEvent()
    {
        var last = store.Read(r => r.ListAuditEvents(new AuditQuery()))[^1];
        return (last.Action, last.VlanId, last.Subject, last.Detail);
    }

    private MacSegmentationException Fails(string errorId, Func<object> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(change);
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}
