using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Blocks;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.BlockProtocol;

/// <summary>
/// The rules of a provider's own store. Its VLANs have the blocks as their ranges, so that addresses are given out of it by the same rules as out of any store;
/// beside them it knows the handles of others, without their addresses being its own.
/// </summary>
internal static partial class LocalReplica
{
    /// <summary>Makes a store the provider's own, or makes sure that it is.</summary>
    /// <exception cref="MacSegmentationException">ProviderHomeForeign: it is another's, of another shared store, or a shared store itself.</exception>
    public static ProviderState Prepare(IStoreWriter home, MacProvider provider, string rootId)
    {
        if (home.FindProviderState() is { } state)
        {
            return Require(state, provider.Name, rootId);
        }

        if (home.Revision > 0)
        {
            throw Foreign(provider.Name, "it is in use as a shared store");
        }

        home.InsertProvider(provider with { ReplicaId = home.StoreId });
        state = new ProviderState(provider.Name, rootId, 0, 0);
        home.SetProviderState(state);
        home.AppendAudit(new AuditEntry(AuditAction.CreateProvider, 0, provider.Name, "as this store's own provider"));
        return state;
    }

    /// <summary>Notes what was drawn for the next entry, beside what earlier entries drew and did not see through: the shared store may have heard of each.</summary>
    /// <returns>The state as it is now; null if the store is new.</returns>
    public static ProviderState? NoteDrawn(IStoreWriter home, string generation)
    {
        if (home.FindProviderState() is not { } state)
        {
            return null;
        }

        var noted = state with { DrawnGenerations = $"{state.DrawnGenerations} {generation}".Trim() };
        home.SetProviderState(noted);
        return noted;
    }

    /// <summary>Forgets what the shared store, which went back, does not take in: another has the address by now.</summary>
    public static void Forget(IStoreWriter home, MacHandle told)
    {
        if (HandleRegistry.FindExactly(home, told) is { IsReported: true } here && here.MacAddress == told.MacAddress && here.State == told.State)
        {
            LetGo(home, here, isAnswered: true);
            home.DeleteHandle(here.HandleId);
        }
    }

    /// <summary>Makes sure that a store is a provider's own for a shared store.</summary>
    /// <exception cref="MacSegmentationException">ProviderHomeForeign.</exception>
    public static ProviderState Require(ProviderState state, string provider, string rootId) =>
        IsOf(state, provider) && string.Equals(state.CentralStoreId, rootId, StringComparison.Ordinal)
            ? state
            : throw Foreign(provider, $"it belongs to provider '{state.Provider}'{(IsOf(state, provider) ? " of another shared store" : string.Empty)}");

    /// <summary>True if the state is that of the provider.</summary>
    public static bool IsOf(ProviderState state, string provider) => string.Equals(state.Provider, provider, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the VLANs those of the shared store, but for their ranges. One that is gone there goes with all that it had.</summary>
    public static void MirrorVlans(IStoreWriter home, IReadOnlyList<MacVlan> vlans)
    {
        var here = home.ListVlans().ToDictionary(vlan => vlan.VlanId);
        foreach (var vlan in vlans)
        {
            if (!here.Remove(vlan.VlanId, out var known))
            {
                VlanCatalog.Create(home, vlan with { Ranges = [] });
            }
            else if (known with { Ranges = vlan.Ranges } != vlan)
            {
                VlanCatalog.Change(home, vlan.VlanId, new VlanChange
                {
                    Name = vlan.Name,
                    DefaultAction = vlan.DefaultAction,
                    ReuseDelay = vlan.ReuseDelay,
                    ArpResponder = vlan.ArpResponder,
                    AdmitsOutOfPoolAddresses = vlan.AdmitsOutOfPoolAddresses,
                });
            }
        }

        foreach (int gone in here.Keys)
        {
            VlanCatalog.Remove(home, gone, force: true);
        }
    }

    /// <summary>Begins to give out a block. One that is here already is left as it is.</summary>
    /// <returns>True if it is new here.</returns>
    public static bool Adopt(IStoreWriter home, MacBlock block)
    {
        if (home.FindBlock(block.BlockId) is not null || home.FindVlan(block.VlanId) is not { } vlan)
        {
            return false;
        }

        home.InsertBlock(block);

        // What was kept of a block that was returned is here already.
        var added = MacRangeSet.Subtract([block.Range], vlan.Ranges);
        if (added.Count > 0)
        {
            VlanCatalog.Change(home, block.VlanId, new VlanChange { AddRanges = added });
        }

        // What a handle holds, as far as is known here, is nobody else's: it may have been given out here in the name of an earlier block, or its owner's loss not be
        // heard of yet.
        foreach (var handle in home.ListHandlesIn(block.Range).Where(handle => home.FindAllocation(handle.MacAddress) is null))
        {
            Withhold(home, handle, home.FindVlan(handle.VlanId));
            home.UpdateHandle(handle with { Provider = block.Provider });
        }

        return true;
    }

    /// <summary>Stops giving out a block that was recalled.</summary>
    /// <returns>The ranges of it that stay here, ascending: their addresses are given out, or still held down.</returns>
    public static IReadOnlyList<MacRange> Return(IStoreWriter home, MacBlock block)
    {
        var vlan = VlanCatalog.Get(home, block.VlanId);
        var kept = home.ListHandlesIn(block.Range).Select(handle => handle.MacAddress)
            .Concat(home.ListHeldDown(block.VlanId).Where(heldDown => block.Range.Contains(heldDown.Address) && !AddressPool.IsHoldDownOver(heldDown, vlan, home.Now)).Select(heldDown => heldDown.Address))
            .Order()
            .Distinct()
            .ToList();
        var returned = MacRangeSet.Without(block.Range, kept).SelectMany(range => Within(vlan.Ranges, range)).ToList();
        if (returned.Count > 0)
        {
            VlanCatalog.Change(home, block.VlanId, new VlanChange { RemoveRanges = returned });
        }

        if (home.FindBlock(block.BlockId) is { State: BlockState.Active } active)
        {
            home.UpdateBlock(active with { State = BlockState.Recalled });
        }

        return MacRangeSet.Join(kept.Select(address => new MacRange(address, address)));
    }

    /// <summary>
    /// Drops a block that is not the provider's any more. What was given out of it stays with its handles, as far as the shared store agrees: what it has still
    /// to hear of is told, and decided, next. Until then it has no provider, and is not answered.
    /// </summary>
    public static void Drop(IStoreWriter home, MacBlock block)
    {
        foreach (var handle in home.ListHandlesIn(block.Range))
        {
            home.DeleteAllocation(handle.MacAddress);
            home.UpdateHandle(handle with { Provider = string.Empty });
        }

        if (home.FindVlan(block.VlanId) is { } vlan)
        {
            var here = Within(vlan.Ranges, block.Range).ToList();
            if (here.Count > 0)
            {
                VlanCatalog.Change(home, block.VlanId, new VlanChange { RemoveRanges = here });
            }
        }

        home.DeleteBlock(block.BlockId);
        home.AppendAudit(new AuditEntry(AuditAction.CloseBlock, block.VlanId, $"block {block.BlockId}", $"{block.Range}"));
    }

    private static IEnumerable<MacRange> Within(IReadOnlyList<MacRange> ranges, MacRange range) => ranges.Where(range.Overlaps).Select(other => new MacRange(
        other.First > range.First ? other.First : range.First,
        other.Last < range.Last ? other.Last : range.Last));

    private static MacSegmentationException Foreign(string provider, string why) => new(
        "ProviderHomeForeign",
        MacErrorKind.InvalidArgument,
        $"The store cannot be the own one of provider '{provider}': {why}. Give a file that does not exist yet, or the provider's own.",
        provider);
}
