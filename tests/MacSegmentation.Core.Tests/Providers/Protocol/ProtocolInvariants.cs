using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers.Protocol;

/// <summary>What holds of a shared store and its providers, whatever happened to them.</summary>
internal sealed class ProtocolInvariants(InMemoryStore root, ProtocolSite[] sites, int vlanId, DeviceLedger ledger, Func<ProtocolSite, MacAddress, bool> isOfClosed)
{
    /// <summary>What holds of each store by itself after every step, also while another was put back.</summary>
    public void CheckStores()
    {
        CheckStore(root, "root");
        foreach (var site in sites)
        {
            CheckStore(site.Stored, site.Name);
        }
    }

    /// <summary>What holds of all together after every step.</summary>
    public void CheckAlways()
    {
        CheckPlaces();
        var shared = ledger.Answers.GroupBy(answer => answer.Address).FirstOrDefault(answers => answers.Count() > 1);
        Assert.True(shared is null, $"{shared?.Key} was answered to {string.Join(" and ", shared?.Select(answer => answer.Handle) ?? [])}.");
    }

    /// <summary>What holds once everything works and every site has had two rounds.</summary>
    public void CheckAtRest()
    {
        var known = root.Read(reader => reader.ListHandles());
        foreach (var site in sites)
        {
            var here = site.Stored.Read(reader => reader.ListHandles()).ToDictionary(handle => handle.Handle);
            Assert.DoesNotContain(here.Values, handle => !handle.IsReported);
            foreach (var handle in known)
            {
                Assert.True(here.Remove(handle.Handle, out var same), $"{site.Name} does not know {handle.Handle}.");

                // What was refused is remembered where it was given out, to be told there.
                if (handle.State is not HandleState.Held && same is { State: HandleState.Revoked, Provider.Length: 0 })
                {
                    continue;
                }

                Assert.Equal((handle.Handle, handle.MacAddress, handle.State, handle.Provider), (same.Handle, same.MacAddress, same.State, same.Provider));
            }

            // What the shared store never heard of was refused there.
            Assert.DoesNotContain(here.Values, handle => handle.State is HandleState.Held);
            Assert.Equal(
                known.Where(handle => handle.State is HandleState.Held && string.Equals(handle.Provider, site.Name, StringComparison.Ordinal)).Select(handle => (handle.MacAddress, handle.Handle)).Order(),
                site.Stored.Read(reader => reader.ListAllocations()).Select(allocation => (allocation.MacAddress, allocation.Handle)));

            // The sign of a closed block holds no address; one that a restored store has again stays until something else changes.
            Assert.Equal(
                root.Read(reader => reader.ListBlocks(provider: site.Name)).Where(block => block.State is not BlockState.Closed).Select(block => (block.BlockId, block.Range, block.Epoch, block.State)),
                site.Stored.Read(reader => reader.ListBlocks()).Select(block => (block.BlockId, block.Range, block.Epoch, block.State)));
        }

        foreach (var (handle, address) in ledger.Answers)
        {
            var holder = root.Read(reader => reader.FindHandle(handle));
            Assert.True(holder is { State: HandleState.Held } && holder.MacAddress == address, $"{handle} was answered {address}, and has {holder?.MacAddress} ({holder?.State}).");
        }

        foreach (string handle in ledger.Released)
        {
            Assert.False(known.Any(other => other.State is HandleState.Held && string.Equals(other.Handle, handle, StringComparison.Ordinal)), $"{handle} gave its address up, and has it.");
        }
    }

    /// <summary>A store by itself: every address of its pool in one place, every owner once.</summary>
    private void CheckStore(InMemoryStore store, string name)
    {
        var (handles, allocations) = store.Read(reader => (reader.ListHandles(), reader.ListAllocations()));
        var held = handles.Where(handle => handle.State is HandleState.Held).ToList();
        AssertOnce(handles.Select(handle => handle.Handle), $"{name} has two records of");
        AssertOnce(held.Select(handle => handle.MacAddress), $"{name} has two holders of");
        var holders = held.ToDictionary(handle => handle.MacAddress, handle => handle.Handle);
        foreach (var allocation in allocations)
        {
            Assert.True(
                string.Equals(holders.GetValueOrDefault(allocation.MacAddress), allocation.Handle, StringComparison.Ordinal),
                $"{name} has {allocation.MacAddress} allocated to {allocation.Handle}, which does not hold it.");
        }

        if (store == root)
        {
            Assert.Equal(held.Select(handle => handle.MacAddress).Order(), allocations.Select(allocation => allocation.MacAddress));
            var pool = store.Read(reader => PoolMeter.Measure(reader, reader.FindVlan(vlanId)!));
            Assert.True(pool.Size == pool.Used + pool.Free + pool.HeldDown + pool.Delegated, $"{pool}");
        }

        if (store.Read(reader => reader.FindVlan(vlanId)) is not { } vlan)
        {
            return;
        }

        // Free, held down, allocated, or in a block of which nothing is here.
        var places = store.Read(reader => reader.ListFree(vlanId).SelectMany(Each)
            .Concat(reader.ListHeldDown(vlanId).Select(heldDown => heldDown.Address))
            .Concat(reader.ListAllocations().Select(allocation => allocation.MacAddress)).ToList());
        AssertOnce(places, $"{name} has in two places");
        var delegated = store == root
            ? store.Read(reader => reader.ListBlocks()).Where(block => block.State is not BlockState.Closed).SelectMany(block => Each(block.Range)).ToList()
            : [];
        AssertOnce(delegated, "two blocks have");
        Assert.Equal(vlan.Ranges.SelectMany(Each).Order(), places.Union(delegated).Order());
    }

    /// <summary>All stores together: nobody gives out what another gives out, or has given out.</summary>
    private void CheckPlaces()
    {
        var givers = new Dictionary<MacAddress, string>();
        foreach (var address in root.Read(reader => reader.ListFree(vlanId).SelectMany(Each).Concat(reader.ListHeldDown(vlanId).Select(heldDown => heldDown.Address)).ToList()))
        {
            givers.Add(address, "root");
        }

        foreach (var site in sites)
        {
            var allocated = site.Stored.Read(reader => reader.ListAllocations()).ToDictionary(allocation => allocation.MacAddress, allocation => allocation.Handle);
            var unused = site.Stored.Read(reader => reader.ListFree(vlanId).SelectMany(Each).Concat(reader.ListHeldDown(vlanId).Select(heldDown => heldDown.Address)).ToList());
            foreach (var address in unused.Concat(allocated.Keys).Where(address => !isOfClosed(site, address)))
            {
                Assert.True(givers.TryAdd(address, site.Name), $"{address} is {site.Name}'s to give out, and {givers.GetValueOrDefault(address)}'s.");
            }

            foreach (var (address, handle) in allocated.Where(one => !isOfClosed(site, one.Key)))
            {
                var holder = root.Read(reader => reader.FindHandleByAddress(address));
                Assert.True(holder is null || string.Equals(holder.Handle, handle, StringComparison.Ordinal), $"{address} is {handle}'s at {site.Name} and {holder?.Handle}'s in the root.");
            }

            // What the shared store knows to be held, its provider cannot give to another, unless it was the one that ended it.
            foreach (var address in unused.Where(address => !isOfClosed(site, address)))
            {
                var holder = root.Read(reader => reader.FindHandleByAddress(address));
                var here = holder is null ? null : site.Stored.Read(reader => reader.FindHandle(holder.Handle));
                Assert.True(holder is null || here is { IsReported: false, State: not HandleState.Held }, $"{address} is {holder?.Handle}'s in the root and to be given out at {site.Name}.");
            }
        }
    }

    private static IEnumerable<MacAddress> Each(MacRange range)
    {
        for (ulong value = range.First.Value; value <= range.Last.Value; value++)
        {
            yield return new MacAddress(value);
        }
    }

    private static void AssertOnce<T>(IEnumerable<T> items, string what)
        where T : notnull
    {
        var seen = new HashSet<T>();
        foreach (var item in items)
        {
            Assert.True(seen.Add(item), $"{what} {item}.");
        }
    }
}
