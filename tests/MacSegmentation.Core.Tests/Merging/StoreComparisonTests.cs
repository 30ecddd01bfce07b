using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Merging;

public sealed class StoreComparisonTests
{
    private const int Addresses = 12;
    private const ulong Base = 0x0200_0000_0000;

    /// <summary>A small store: for each address the VLAN whose pool has it, who has it and which interface record; for each handle its address.</summary>
    private static Gen<(int[] Pools, int[] Owners, int[] Records, int[] Handles)> Contents { get; } =
        from pools in Gen.ArrayOf(Gen.Choose(0, 2), Addresses)
        from owners in Gen.ArrayOf(Gen.Choose(-3, 3), Addresses)
        from records in Gen.ArrayOf(Gen.Choose(-6, 3), Addresses)
        from handles in Gen.ArrayOf(Gen.Choose(-4, Addresses - 1), 5)
        select (pools, owners, records, handles);

    [Fact]
    public void What_collides_is_what_a_walk_over_all_pairs_finds() => Property.Holds(
        from a in Contents
        from b in Contents
        select (a, b),
        both =>
        {
            var (here, there) = (Create(both.a), Create(both.b));
            var found = Compare(here, there);
            var model = here.Read(mine => there.Read(other => Pairs(mine, other).ToHashSet()));
            var told = found.Where(one => one.Kind is not (StoreCollisionKind.PoolRange or StoreCollisionKind.Vlan or StoreCollisionKind.Policies))
                .Select(one => (one.Kind, one.Subject)).ToList();
            Assert.Equal(model.Order(), told.Distinct().Order());
            var shared = found.Where(one => one.Kind is StoreCollisionKind.PoolRange).SelectMany(one => Expand(MacRange.Parse(one.Subject))).ToList();
            Assert.Equal(SharedAddresses(both.a.Pools, both.b.Pools), shared);
        },
        count: 500);

    [Fact]
    public void Two_stores_collide_alike_from_either_side() => Property.Holds(
        from a in Contents
        from b in Contents
        select (a, b),
        both =>
        {
            var (here, there) = (Create(both.a), Create(both.b));
            Assert.Equal(
                Compare(here, there).Select(one => (one.Kind, one.Subject)).Order(),
                Compare(there, here).Select(one => (one.Kind, one.Subject)).Order());
        });

    [Fact]
    public void A_store_says_what_each_side_has()
    {
        var (here, there) = (Empty(), Empty());
        Fill(here, "camera-1", "cameras");
        Fill(there, "printer-1", "printers");
        there.Write(writer => VlanCatalog.Change(writer, 10, new VlanChange { ReuseDelay = TimeSpan.FromHours(1), AdmitsOutOfPoolAddresses = true }));
        there.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Drop));
        string[] told = [.. Compare(here, there).Select(one => $"{one.Kind} {one.VlanId} {one.Subject} | {one.Here} | {one.There}")];
        Assert.Equal(
            [
                "Address 10 02:00:00:00:00:00 | 'camera-1' in VLAN 10 | 'printer-1' in VLAN 10",
                "Address 10 02:00:00:00:00:02 | 'web-1' in VLAN 10 | handle 'urn:x:b' in VLAN 10",
                "HandleAddress 10 urn:x:b | 02:00:00:00:00:03 in VLAN 10, given up | 02:00:00:00:00:02 in VLAN 10, held",
                "SharedHandle 10 urn:x:a | 02:00:00:00:00:01 in VLAN 10, held | 02:00:00:00:00:01 in VLAN 10, held",
                "PoolRange 10 02:00:00:00:00:00-02:00:00:00:00:0f | VLAN 10 | VLAN 10",
                "InterfaceAddress 10 02:00:00:00:00:02 | interface 'web-1' in VLAN 10 | handle 'urn:x:b' in VLAN 10",
                "Vlan 10 VLAN 10 | name 'cameras', reuse delay 00:00:00, out-of-pool addresses refused | name 'printers', reuse delay 01:00:00, out-of-pool addresses admitted",
                "Policies 10 VLAN 10 | 0 policies, 0 of them not in the other | 1 policy, 1 of them not in the other",
                "Interface 10 web-1 | 02:00:00:00:00:02 of 'web-1' in VLAN 10 | 0a:00:00:00:00:01 of 'WEB-1' in VLAN 10",
                "SecurityGroup 0 web | 0 rules, 0 members | 0 rules, 0 members",
                "Partition 0 shop | number 1 | number 2",
                "PartitionNumber 0 1 | partition 'shop' | partition 'other'",
                "Provider 0 site-a | never seen | never seen",
                "ProviderClient 0 lab | all VLANs | VLAN 10",
            ],
            told);

        static void Fill(InMemoryStore store, string owner, string name) => store.Write(writer =>
        {
            bool isFirst = owner is "camera-1";
            VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Name = name, Ranges = [new MacRange(At(0), At(15))] });
            AddressPool.Allocate(writer, 10, owner);
            HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("urn:x:a"), VlanId = 10 });
            InterfaceCatalog.Create(
                writer,
                isFirst ? new InterfaceRequest { Name = "web-1", VlanId = 10 } : new InterfaceRequest { Name = "WEB-1", VlanId = 10, MacAddress = MacAddress.Parse("0a:00:00:00:00:01") });
            HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("urn:x:b"), VlanId = 10 });
            if (isFirst)
            {
                HandleRegistry.Release(writer, DeviceHandle.Parse("urn:x:b"));
            }

            SecurityGroupCatalog.Create(writer, "web", string.Empty, isStateless: false);
            foreach (string partition in isFirst ? (string[])["shop"] : ["other", "SHOP"])
            {
                PartitionCatalog.Create(writer, new PartitionRequest { Name = partition, Tag = [MacTag.OfText("shop")] });
            }

            ProviderCatalog.Create(writer, new MacProvider { Name = "site-a" });
            ProviderClientCatalog.Create(writer, "lab", isFirst ? [] : [10], out _);
            return 0;
        });
    }

    [Fact]
    public void Stores_that_share_nothing_do_not_collide()
    {
        var (here, there) = (Empty(), Empty());
        here.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [new MacRange(At(0), At(15))] }));
        there.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 20, Ranges = [new MacRange(At(16), At(31))] }));
        Assert.Empty(Compare(here, there));
        Assert.Empty(Compare(here, Empty()));
    }

    [Fact]
    public void An_out_of_pool_address_collides_with_the_pool_that_could_give_it_out()
    {
        var (here, there) = (Empty(), Empty());
        here.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, AdmitsOutOfPoolAddresses = true }));
        here.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("urn:x:a"), VlanId = 10, RequestedAddress = At(3) }));
        there.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 20, Ranges = [new MacRange(At(0), At(15))] }));
        var told = Assert.Single(Compare(here, there));
        Assert.Equal((StoreCollisionKind.Address, 10, "handle 'urn:x:a' in VLAN 10", "pool of VLAN 20"), (told.Kind, told.VlanId, told.Here, told.There));
        var other = Assert.Single(Compare(there, here));
        Assert.Equal((20, "pool of VLAN 20", "handle 'urn:x:a' in VLAN 10"), (other.VlanId, other.Here, other.There));
    }

    [Fact]
    public void Two_stores_collide_in_whatever_has_a_name()
    {
        string[] kinds = [.. Empty().Read(reader => reader.ListNames()).Select(names => names.Kind)];
        Assert.Equal(["Interface", "SecurityGroup", "Partition", "PartitionNumber", "SecurityTrigger", "Provider", "ProviderClient", "Profile", "Session"], kinds);
        Assert.All(kinds, kind => Assert.True(Enum.TryParse<StoreCollisionKind>(kind, out _)));
    }

    [Fact]
    public void The_time_grows_with_the_records_and_not_with_their_pairs()
    {
        const int Many = 100_000;
        var (here, there) = (Empty(), Empty());
        foreach (var store in new[] { here, there })
        {
            store.Write(writer =>
            {
                for (int i = 0; i < Many; i++)
                {
                    writer.InsertAllocation(new MacAllocation { MacAddress = At(i), VlanId = 10, InstanceId = store == here ? $"a{i}" : $"b{i}", AllocatedAt = default });
                }

                return 0;
            });
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(Many, Compare(here, there).Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static IReadOnlyList<MacStoreCollision> Compare(InMemoryStore here, InMemoryStore there) =>
        here.Read(mine => there.Read(other => StoreComparison.Compare(mine, other)));

    private static InMemoryStore Empty() => new(new ManualTime());

    private static MacAddress At(int number) => new(Base + (ulong)number);

    private static InMemoryStore Create((int[] Pools, int[] Owners, int[] Records, int[] Handles) contents)
    {
        var store = Empty();
        store.Write(writer =>
        {
            foreach (int vlanId in (int[])[1, 2])
            {
                var ranges = MacRangeSet.Join(Enumerable.Range(0, Addresses).Where(i => contents.Pools[i] == vlanId).Select(i => new MacRange(At(i), At(i))));
                writer.InsertVlan(new MacVlan { VlanId = vlanId, Ranges = ranges });
            }

            for (int i = 0; i < Addresses; i++)
            {
                int owner = contents.Owners[i];
                if (owner > 0)
                {
                    writer.InsertAllocation(new MacAllocation
                    {
                        MacAddress = At(i),
                        VlanId = Math.Max(1, contents.Pools[i]),
                        InstanceId = i % 2 == 0 ? $"vm-{owner}" : $"VM-{owner}",
                        Handle = owner == 3 ? $"h{i % 2}" : string.Empty,
                        AllocatedAt = default,
                    });
                }

                if (contents.Records[i] >= 0)
                {
                    writer.InsertInterface(new MacInterface { Name = $"{(i % 2 == 0 ? "IF" : "if")}-{contents.Records[i]}-{i % 3}-{i}", VlanId = 1, MacAddress = At(i), InstanceId = "vm" });
                }
            }

            for (int i = 0; i < contents.Handles.Length; i++)
            {
                if (contents.Handles[i] >= 0 && writer.FindHandleByAddress(At(contents.Handles[i])) is null)
                {
                    writer.InsertHandle(new MacHandle
                    {
                        HandleId = 0,
                        Handle = $"h{i / 2}",
                        VlanId = 1 + (i % 2),
                        MacAddress = At(contents.Handles[i]),
                        State = HandleState.Held,
                        InstanceId = i % 2 == 0 ? string.Empty : "copy",
                        IsCopy = i % 2 != 0,
                        AssignedAt = default,
                    });
                }
            }

            return 0;
        });
        return store;
    }

    /// <summary>The rule, said once more in the plainest way: each thing of one store against each of the other.</summary>
    private static IEnumerable<(StoreCollisionKind Kind, string Subject)> Pairs(IStoreReader here, IStoreReader there)
    {
        foreach (var a in here.ListAllocations())
        {
            foreach (var b in there.ListAllocations())
            {
                bool isOneOwner = a.Handle.Length > 0 || b.Handle.Length > 0
                    ? string.Equals(a.Handle, b.Handle, StringComparison.Ordinal)
                    : a.InstanceId.Equals(b.InstanceId, StringComparison.OrdinalIgnoreCase);
                if (a.MacAddress == b.MacAddress && !(isOneOwner && a.VlanId == b.VlanId))
                {
                    yield return (StoreCollisionKind.Address, $"{a.MacAddress}");
                }
            }
        }

        foreach (var a in here.ListHandles())
        {
            foreach (var b in there.ListHandles())
            {
                if (string.Equals(a.Handle, b.Handle, StringComparison.Ordinal) && a.IsCopy == b.IsCopy && (!a.IsCopy || a.InstanceId.Equals(b.InstanceId, StringComparison.OrdinalIgnoreCase)))
                {
                    bool isSame = a.MacAddress == b.MacAddress && a.VlanId == b.VlanId;
                    yield return (isSame ? StoreCollisionKind.SharedHandle : StoreCollisionKind.HandleAddress, a.IsCopy ? $"{a.Handle} of '{a.InstanceId}'" : a.Handle);
                }
            }
        }

        foreach (var (side, other) in new[] { (here, there), (there, here) })
        {
            foreach (var address in side.ListAllocations().Select(one => one.MacAddress))
            {
                if (!IsInPool(side, address) && IsInPool(other, address) && other.FindAllocation(address) is null)
                {
                    yield return (StoreCollisionKind.Address, $"{address}");
                }
            }

            foreach (var record in side.ListInterfaces())
            {
                if (other.ListInterfaces().Any(one => one.MacAddress == record.MacAddress)
                    || other.ListAllocations().Any(one => one.MacAddress == record.MacAddress)
                    || IsInPool(other, record.MacAddress))
                {
                    yield return (StoreCollisionKind.InterfaceAddress, $"{record.MacAddress}");
                }
            }
        }

        foreach (var a in here.ListInterfaces())
        {
            foreach (var b in there.ListInterfaces())
            {
                if (a.Name.Equals(b.Name, StringComparison.OrdinalIgnoreCase))
                {
                    yield return (StoreCollisionKind.Interface, a.Name);
                }
            }
        }
    }

    private static bool IsInPool(IStoreReader store, MacAddress address) => store.ListVlans().Any(vlan => vlan.Ranges.Any(range => range.Contains(address)));

    private static IEnumerable<MacAddress> SharedAddresses(int[] here, int[] there) =>
        Enumerable.Range(0, Addresses).Where(i => here[i] > 0 && there[i] > 0).Select(At);

    private static IEnumerable<MacAddress> Expand(MacRange range)
    {
        for (ulong value = range.First.Value; value <= range.Last.Value; value++)
        {
            yield return new MacAddress(value);
        }
    }
}
