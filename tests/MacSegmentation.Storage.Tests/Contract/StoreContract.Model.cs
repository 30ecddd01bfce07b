using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Partitions;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Providers;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    private static readonly MacAddress[] Probes = [.. Enumerable.Range(-1, 66).Select(i => new MacAddress((ulong)(0x0200_5E00_0000 + i)))];

    [Fact]
    public void Any_changes_leave_what_they_leave_in_the_plainest_store_and_every_old_snapshot_leads_to_the_newest()
    {
        var time = new ManualTime();
        var store = Open(time);
        var model = new InMemoryStore(time);
        long newestPolicy = 0;
        Property.Holds(
            RandomStep.Any.ArrayOf(40),
            steps =>
            {
                foreach (var each in (IMacStore[])[store, model])
                {
                    RemoveAll(each);
                    if (steps is [{ Flag: true }, ..])
                    {
                        each.Write(FillWithInterfaces);
                        each.Observe(UseInterfaces);
                    }
                }

                var snapshots = new List<ConfigurationSnapshot> { store.ReadSnapshot() };
                foreach (var step in steps)
                {
                    time.Advance(TimeSpan.FromSeconds(step.Slot));
                    Assert.Equal(step.Apply(model, newestPolicy), step.Apply(store, newestPolicy));
                    newestPolicy = Math.Max(newestPolicy, model.Read(reader => reader.ListPolicies()).Select(policy => policy.PolicyId).DefaultIfEmpty().Max());

                    var newest = store.ReadSnapshot(snapshots[step.Slot % snapshots.Count]);
                    AssertSame(model.ReadSnapshot(), newest);
                    snapshots.Add(newest);
                    AssertPoolsAddUp(store);
                }

                AssertSame(model.ReadSnapshot(), store.ReadSnapshot());
                Assert.Equal(StoreDescription.Of(model, Probes), StoreDescription.Of(store, Probes));
            },
            count: 100);
        CheckIntegrity();
    }

    [Fact]
    public void The_widest_addresses_and_the_largest_pools_fit()
    {
        var store = Open();
        CreateVlan(store, 4094, "fe:00:00:00:00:00-fe:ff:ff:ff:ff:ff");
        CreateVlan(store, 1, "02:00:00:00:00:00/8");
        var policy = AddPolicy(store, 4094, 0xFEFF_FFFF_FFFF);
        var allocation = store.Write(writer => AddressPool.Allocate(writer, 4094, "last", MacAddress.Parse("fe:ff:ff:ff:ff:ff")));
        Assert.Equal(allocation, Assert.Single(store.Read(reader => reader.ListAllocations())));
        Assert.Equal(policy, store.ReadSnapshot().Vlans[1].Policies[0]);
        Assert.Equal(1L << 40, store.Read(reader => PoolMeter.Measure(reader, reader.FindVlan(1)!)).LargestFreeRun);
    }

    /// <summary>Each address of a pool is one of these: given out, free, held down, reserved, or a provider's.</summary>
    private static void AssertPoolsAddUp(IMacStore store) => store.Read(reader =>
    {
        foreach (var pool in reader.ListVlans().Select(vlan => PoolMeter.Measure(reader, vlan)))
        {
            Assert.True(
                pool.Size == pool.Used + pool.Free + pool.HeldDown + pool.Reserved + pool.Delegated,
                $"{pool} {StoreDescription.Of(reader.FindVlan(pool.VlanId)!)} {string.Join("; ", reader.ListAllocations(pool.VlanId))} {string.Join("; ", reader.ListReservations(pool.VlanId))} {string.Join("; ", reader.ListBlocks(pool.VlanId))}");
        }

        Assert.DoesNotContain(reader.ListReservations(), reservation => reader.ListFree(reservation.VlanId).Any(free => free.Overlaps(reservation.Range)));
        return 0;
    });

    private static void RemoveAll(IMacStore store) => store.Write(writer =>
    {
        foreach (var block in writer.ListBlocks().Where(block => block.State is not BlockState.Closed))
        {
            BlockCatalog.Close(writer, block.BlockId);
        }

        foreach (var vlan in writer.ListVlans())
        {
            VlanCatalog.Remove(writer, vlan.VlanId, force: true);
        }

        RandomSessionStep.RemoveRules(writer);
        foreach (var provider in writer.ListProviders())
        {
            ProviderCatalog.Remove(writer, provider.Name);
        }

        foreach (var client in writer.ListProviderClients())
        {
            ProviderClientCatalog.Remove(writer, client.Name);
        }

        foreach (var profile in writer.ListProfiles())
        {
            ProfileCatalog.Remove(writer, profile.Name);
        }

        // Partitions that name each other let go of each other first.
        foreach (var policy in writer.ListPartitions().SelectMany(partition => partition.Policy))
        {
            PartitionCatalog.RemovePolicy(writer, policy.PolicyId);
        }

        foreach (var partition in writer.ListPartitions())
        {
            PartitionCatalog.Remove(writer, partition.Name);
        }

        // Groups that name each other let go of each other first.
        foreach (var rule in writer.ListSecurityGroupRules())
        {
            SecurityGroupCatalog.RemoveRule(writer, rule.RuleId);
        }

        foreach (var group in writer.ListSecurityGroups())
        {
            SecurityGroupCatalog.Remove(writer, group.Name, force: true);
        }

        return 0;
    });
}
