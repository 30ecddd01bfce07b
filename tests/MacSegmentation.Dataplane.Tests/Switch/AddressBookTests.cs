using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Forwarding;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;

namespace MacSegmentation.Switch;

/// <summary>The compiled addresses of records against a search through all records.</summary>
public class AddressBookTests
{
    private const int Records = 6;

    private static readonly ulong[] Macs = [.. Enumerable.Range(1, 7).Select(number => 0x0200_0000_0000UL + (uint)number)];
    private static readonly IPAddress[] Addresses = [.. Enumerable.Range(11, 6).Select(number => IPAddress.Parse($"10.0.0.{number}")), IPAddress.Parse("fd00::11")];

    /// <summary>A switch with a port for each record, and an uplink.</summary>
    private static readonly IReadOnlyList<SwitchPort> Ports = new TestBridge(
        TestBridge.Snapshot(),
        [.. Enumerable.Range(0, Records).Select(number => TestBridge.PortOf($"r{number}")), TestBridge.Uplink("up")]).Switch.Ports;

    private static readonly Gen<(int Vlan, int[] FixedAddresses, (int Address, int Mac)[] Pairs, bool HasPort)> One =
        from vlan in Gen.Elements(10, 20)
        from own in Gen.SubListOf(Enumerable.Range(0, Addresses.Length)).Select(addresses => addresses.Take(2).ToArray())
        from pairs in Gen.Zip(Gen.Choose(0, Addresses.Length - 1), Gen.Choose(0, Macs.Length - 1)).ArrayOf(3)
        from hasPort in Gen.Elements(true, false)
        select (vlan, own, pairs.Distinct().ToArray(), hasPort);

    [Fact]
    public void Knows_what_a_search_through_the_records_finds() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(One.ArrayOf(Records).ToArbitrary(), drawn =>
    {
        MacInterface[] records = [.. drawn.Select((one, number) => Record(number, one.Vlan, one.FixedAddresses, one.Pairs))];
        int PortOf(MacInterface record) => drawn[record.InterfaceId].HasPort ? (int)record.InterfaceId : -1;
        AssertKnows(AddressBook.Compile([.. records], PortOf), records, PortOf);
    }));

    [Fact]
    public void Knows_the_same_whether_compiled_or_changed_step_by_step() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Gen.Zip(One.ArrayOf(Records), Gen.Zip(Gen.Choose(0, 3), One).ArrayOf(Records).ArrayOf(8)).ToArbitrary(), drawn =>
        {
            var (first, steps) = drawn;
            int PortOf(MacInterface record) => first[record.InterfaceId].HasPort ? (int)record.InterfaceId : -1;
            var present = first.Select((one, number) => (MacInterface?)Record(number, one.Vlan, one.FixedAddresses, one.Pairs)).ToArray();
            var book = AddressBook.Compile([.. present.OfType<MacInterface>()], PortOf);
            foreach (var step in steps)
            {
                ImmutableArray<MacInterface> before = [.. present.OfType<MacInterface>()];
                for (int number = 0; number < Records; number++)
                {
                    var (kind, one) = step[number];
                    present[number] = kind switch
                    {
                        0 => null,
                        1 => Record(number, one.Vlan, one.FixedAddresses, one.Pairs),
                        _ => present[number],
                    };
                }

                ImmutableArray<MacInterface> after = [.. present.OfType<MacInterface>()];
                book = book.With(RecordChange.List(before.AsSpan(), after.AsSpan()), after, PortOf);
                AssertKnows(book, [.. after], PortOf);
            }
        }));

    [Fact]
    public void Takes_one_change_among_many_records_without_collecting_the_others()
    {
        MacInterface[] records = [.. Enumerable.Range(0, 1000).Select(Sharing)];
        var book = AddressBook.Compile([.. records], record => (int)record.InterfaceId);
        var changed = records[7] with { AddressPair = [] };

        // The other records are not even given.
        var next = book.With([new RecordChange(records[7], changed)], [changed], record => (int)record.InterfaceId);

        Assert.Equal(999, next.Find(AddressKey.Of(10, Macs[0]))!.Ports.Length);
        Assert.Equal(1000, book.Find(AddressKey.Of(10, Macs[0]))!.Ports.Length);
        Assert.Equal(999, next.FindIp(10, IpNumber.From(Addresses[0]))!.Bindings.Length);
        Assert.Same(next, next.With([], [], record => (int)record.InterfaceId));
    }

    private static void AssertKnows(AddressBook book, MacInterface[] records, Func<MacInterface, int> portOf)
    {
        foreach (int vlan in new[] { 10, 20, 30 })
        {
            foreach (ulong mac in Macs)
            {
                MacInterface[] having = [.. records.Where(record => record.VlanId == vlan && (record.MacAddress.Value == mac || record.AddressPair.Any(pair => pair.MacAddress.Value == mac)))];
                var found = book.Find(AddressKey.Of(vlan, mac));
                Assert.Equal(having.Length > 0, found is not null);
                if (found is not null)
                {
                    Assert.Equal(having.Select(portOf).Where(port => port >= 0).Order(), found.Ports);
                    Assert.Equal(having.Any(record => portOf(record) < 0), found.MayBeRemote);
                    Assert.Equal(having.Length > 1, found.IsShared);
                    Assert.All(Ports, port => Assert.Equal(MayBeAt(having, port, portOf), found.Include(port)));
                }

                // The short way for what most addresses are: one record's, which has a port.
                bool isFound = book.TryFind(AddressKey.Of(vlan, mac), out int at, out var several);
                Assert.Equal(having.Length > 0, isFound);
                Assert.Equal(having.Length == 1 && portOf(having[0]) >= 0, isFound && several is null);
                Assert.True(!isFound || at == (several is null ? portOf(having[0]) : -1));
            }

            foreach (var address in Addresses)
            {
                bool Binds(MacInterface record, ulong? mac) => record.VlanId == vlan
                    && ((record.IPAddress.Any(own => own.Address.Equals(address)) && (mac is null || record.MacAddress.Value == mac))
                        || record.AddressPair.Any(pair => pair.IPAddress.Equals(address) && (mac is null || pair.MacAddress.Value == mac)));
                var found = book.FindIp(vlan, IpNumber.From(address));
                MacInterface[] having = [.. records.Where(record => Binds(record, mac: null))];
                Assert.Equal(having.Length > 0, found is not null);
                if (found is null)
                {
                    continue;
                }

                ulong[] macs = [.. Macs.Where(mac => having.Any(record => Binds(record, mac)))];
                Assert.Equal(having.Any(record => record.AddressPair.Any(pair => pair.IPAddress.Equals(address))), found.IsPair);
                Assert.Equal(macs, found.Bindings.Select(binding => binding.Mac).Order());
                bool isCertain = having.Length == 1 && macs.Length == 1 && having[0].IPAddress.Any(own => own.Address.Equals(address));
                Assert.Equal(isCertain ? macs[0] : null, found.Certain?.Mac);
                foreach (var port in Ports)
                {
                    Assert.All(Macs, mac => Assert.Equal(MayBeAt([.. having.Where(record => Binds(record, mac))], port, portOf), found.Allows(mac, port)));
                    Assert.Equal(MayBeAt(having, port, portOf), found.FindMac(port) is { } used && found.Allows(used, port));
                }
            }
        }
    }

    [Fact]
    public void Compiles_an_address_that_all_records_share_as_fast_as_others()
    {
        // As each record was added to the others by itself, this took minutes.
        const int many = 100_000;
        MacInterface[] records = [.. Enumerable.Range(0, many).Select(Sharing)];
        long started = Stopwatch.GetTimestamp();

        var book = AddressBook.Compile([.. records], record => (int)record.InterfaceId);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(many, book.Find(AddressKey.Of(10, Macs[0]))!.Ports.Length);
        Assert.Equal(many, book.FindIp(10, IpNumber.From(Addresses[0]))!.Bindings.Length);
        Assert.Equal(many, Assert.Single(book.FindIp(10, IpNumber.From(Addresses[1]))!.Bindings).Places.Ports.Length);
    }

    /// <summary>A record that shares an IP address with its own MAC address, and another one with its MAC address.</summary>
    private static MacInterface Sharing(int number) => new()
    {
        InterfaceId = number,
        Name = $"r{number}",
        VlanId = 10,
        MacAddress = new MacAddress(0x0200_0000_1000UL + (uint)number),
        InstanceId = $"r{number}",
        AddressPair =
        [
            new MacAddressPair { InterfaceName = $"r{number}", VlanId = 10, IPAddress = Addresses[0], MacAddress = new MacAddress(0x0200_0000_1000UL + (uint)number) },
            new MacAddressPair { InterfaceName = $"r{number}", VlanId = 10, IPAddress = Addresses[1], MacAddress = new MacAddress(Macs[0]) },
        ],
    };

    private static bool MayBeAt(MacInterface[] records, SwitchPort port, Func<MacInterface, int> portOf) =>
        records.Any(record => portOf(record) == port.Index || (portOf(record) < 0 && port.Settings.IsUplink));

    private static MacInterface Record(int number, int vlan, int[] own, (int Address, int Mac)[] pairs)
    {
        // The last MAC address is nobody's own.
        var mac = new MacAddress(Macs[number]);
        return new MacInterface
        {
            InterfaceId = number,
            Name = $"r{number}",
            VlanId = vlan,
            MacAddress = mac,
            InstanceId = $"r{number}",
            IPAddress = [.. own.Select(address => new InterfaceAddress(Addresses[address], 24))],
            AddressPair =
            [
                .. pairs
                    .Where(pair => Macs[pair.Mac] != mac.Value || !own.Contains(pair.Address))
                    .Select(pair => new MacAddressPair { InterfaceName = $"r{number}", VlanId = vlan, IPAddress = Addresses[pair.Address], MacAddress = new MacAddress(Macs[pair.Mac]) }),
            ],
        };
    }
}
