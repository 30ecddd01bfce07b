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
/// How the shared store takes in what a provider did, and whether it holds. Everything may be told more than once: an answer can be lost on the way.
/// </summary>
internal static class ProviderRegister
{
    /// <summary>Binds a provider to the store of its own.</summary>
    /// <exception cref="MacSegmentationException">ProviderNotFound; ProviderElsewhere: it answers from another store.</exception>
    /// <param name="root">The shared store.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="homeId">Identity of its own store.</param>
    /// <param name="uri">Where it answers devices; empty if it does not say.</param>
    /// <param name="state">What its own store knows of earlier entries; null if that store is new.</param>
    /// <param name="generation">What it has drawn for this entry.</param>
    /// <returns>The provider, and true if its own store is older than what the provider last answered from, or a copy of it.</returns>
    public static (MacProvider Provider, bool IsBehind) Enter(IStoreWriter root, string name, string homeId, string uri, ProviderState? state, string generation)
    {
        var provider = ProviderCatalog.Get(root, name);
        if (provider.ReplicaId.Length > 0 && !string.Equals(provider.ReplicaId, homeId, StringComparison.Ordinal))
        {
            throw new MacSegmentationException(
                "ProviderElsewhere",
                MacErrorKind.InUse,
                $"The provider '{provider.Name}' answers from another store of its own. Start it with that one; if it is lost, close its blocks with Revoke-MacBlock -Force, then remove the provider and create it again.",
                provider.Name);
        }

        bool isBehind = state is not null && provider.Generation.Length > 0
            && !string.Equals(provider.Generation, state.Generation, StringComparison.Ordinal)
            && !state.DrawnGenerations.Split(' ').Contains(provider.Generation, StringComparer.Ordinal);
        var bound = provider with { ReplicaId = homeId, Uri = uri, Generation = generation };
        root.UpdateProvider(bound);

        // A change like any other: a store that went back before it is known by that.
        root.AppendAudit(new AuditEntry(AuditAction.ChangeProvider, 0, provider.Name, isBehind ? "entered from an older store of its own, or a copy" : "entered"));
        return (bound, isBehind);
    }

    /// <summary>Takes note that a provider is alive.</summary>
    /// <returns>The provider; null if it is not bound to its store and address as they are, which is <see cref="Enter"/>'s to decide.</returns>
    /// <exception cref="MacSegmentationException">ProviderNotFound.</exception>
    public static MacProvider? See(IStoreObserver root, string name, string homeId, string uri)
    {
        var provider = ProviderCatalog.Get(root, name);
        if (!string.Equals(provider.ReplicaId, homeId, StringComparison.Ordinal) || !string.Equals(provider.Uri, uri, StringComparison.Ordinal))
        {
            return null;
        }

        root.MarkProviderSeen(provider.ProviderId);
        return provider with { SeenAt = root.Now };
    }

    /// <summary>
    /// Takes in, of many handles that a provider gave addresses, those of which there is nothing to decide: the shared store knows neither the handle nor an owner
    /// of the address, and the block is the provider's. They are what is registered by the thousand, and together cost a few questions.
    /// </summary>
    /// <param name="root">The shared store.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="told">The handles as the provider has them.</param>
    /// <returns>Their numbers at the provider, of those that were taken in; of the others, <see cref="Take"/> decides.</returns>
    public static IReadOnlySet<long> TakeNew(IStoreWriter root, string provider, IEnumerable<MacHandle> told)
    {
        var candidates = told.Where(handle => handle is { State: HandleState.Held, IsCopy: false }).DistinctBy(handle => handle.Handle, StringComparer.Ordinal).ToList();
        var known = root.ListKnown([.. candidates.Select(handle => handle.Handle)]).ToHashSet(StringComparer.Ordinal);
        var allocated = root.ListAllocated([.. candidates.Select(handle => handle.MacAddress)]).ToHashSet();
        var taken = new HashSet<long>();
        MacBlock? block = null;
        foreach (var handle in candidates.Where(handle => !known.Contains(handle.Handle) && !allocated.Contains(handle.MacAddress)))
        {
            if (block?.Range.Contains(handle.MacAddress) != true)
            {
                block = root.FindBlockIn(new MacRange(handle.MacAddress, handle.MacAddress));
            }

            if (block is not null && IsSame(block.Provider, provider) && block.VlanId == handle.VlanId)
            {
                Record(root, Allocate(root, provider, handle), known: null);
                taken.Add(handle.HandleId);
            }
        }

        return taken;
    }

    /// <summary>Takes in what a provider gave a handle, or took from it.</summary>
    /// <param name="root">The shared store.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="told">The handle as the provider has it.</param>
    /// <param name="isAnswered">True if the device may have the address already; false if it is asked for before the device is answered.</param>
    /// <param name="isToldAgain">True if the store went back to an earlier state: what it has may be an older account than what it is told.</param>
    public static Registration Take(IStoreWriter root, string provider, MacHandle told, bool isAnswered, bool isToldAgain = false)
    {
        var known = FindKnown(root, told);
        if (told.State is not HandleState.Held)
        {
            return TakeEnd(root, provider, told, known);
        }

        if (known is { State: HandleState.Held })
        {
            if (known.MacAddress != told.MacAddress)
            {
                if (!isToldAgain || told.Assignment <= known.Assignment || !CanHave(root, provider, told))
                {
                    return new(RegistrationOutcome.Known, known);
                }

                known = End(root, known);
            }
            else if (told.Assignment > known.Assignment && IsSame(known.Provider, provider))
            {
                // It was given up and given out again before this store heard of either.
                known = known with { Assignment = told.Assignment, AssignedAt = told.AssignedAt, InstanceId = told.InstanceId.Length > 0 ? told.InstanceId : known.InstanceId };
                root.UpdateHandle(known);
                root.AppendAudit(new AuditEntry(AuditAction.ChangeHandle, known.VlanId, known.Handle, $"{known.MacAddress} again, at provider '{provider}'"));
            }
            else if (!HandleRegistry.AreSame(known.InstanceId, told.InstanceId) && told.InstanceId.Length > 0 && IsSame(known.Provider, provider))
            {
                known = known with { InstanceId = told.InstanceId };
                root.UpdateHandle(known);
                root.AppendAudit(new AuditEntry(AuditAction.ChangeHandle, known.VlanId, known.Handle, $"shown by '{known.InstanceId}' at provider '{provider}'"));
            }

            if (known.State is HandleState.Held)
            {
                return new(RegistrationOutcome.Accepted, known);
            }
        }

        if (isAnswered && known is not null && known.MacAddress == told.MacAddress && !IsNewer(told, known))
        {
            // Told before, and ended here since: the provider stopped before it had written down that this was heard.
            return new(RegistrationOutcome.Known, known);
        }

        // In the shared store, what a handle holds is allocated.
        if (root.FindAllocation(told.MacAddress) is not null)
        {
            return new(RegistrationOutcome.Refused, null);
        }

        var block = root.FindBlockIn(new MacRange(told.MacAddress, told.MacAddress));
        bool isOfProvider = block is not null && IsSame(block.Provider, provider) && block.VlanId == told.VlanId;

        // A block proves its VLAN. Every question is a way to the server, and a new handle of a block is what is registered by the thousand.
        var vlan = isOfProvider && known is null ? null : root.FindVlan(told.VlanId);

        // Its block was closed, but nobody has the address: the device keeps it, as the shared store's own.
        bool isOfCentralStore = block is null && isAnswered && vlan is not null && HandleRegistry.IsFreeFor(root, vlan, told.MacAddress, DateTimeOffset.MaxValue);
        if (!isOfProvider && !isOfCentralStore)
        {
            return new(RegistrationOutcome.Refused, null);
        }

        if (known is not null && !isAnswered && vlan is not null && known.VlanId == vlan.VlanId && HandleRegistry.IsFreeFor(root, vlan, known.MacAddress, known.EndedAt))
        {
            // The device was not answered yet: it can have back what it had, which the provider could not know.
            return new(RegistrationOutcome.Known, known);
        }

        if (isOfProvider)
        {
            return new(RegistrationOutcome.Accepted, Record(root, Allocate(root, provider, told), known));
        }

        AddressPool.AllocateCertain(root, vlan!, OwnerOf(told), told.MacAddress, evenIfHeldDown: true, told.Handle, evenIfReserved: true);
        return new(RegistrationOutcome.Accepted, Record(root, told with { Provider = string.Empty, IsReported = true }, known));
    }

    /// <summary>
    /// Takes in what a provider knows of a handle that has, or had, its address from elsewhere. The store went back to an earlier state, and who gave the address may be away, or was
    /// this store itself.
    /// </summary>
    /// <param name="root">The shared store.</param>
    /// <param name="told">The handle as the provider heard of it.</param>
    /// <returns>False if it does not hold: another has the address. True too where the store knows as much, or more.</returns>
    public static bool TakeWitnessed(IStoreWriter root, MacHandle told)
    {
        var known = FindKnown(root, told);
        if (told.State is not HandleState.Held)
        {
            // It lost since what the store has it hold: that very assignment, and not one that it got since the store went back.
            if (known is { State: HandleState.Held } && known.MacAddress == told.MacAddress && known.Assignment == told.Assignment && known.AssignedAt == told.AssignedAt)
            {
                Record(root, told with { IsReported = true }, End(root, known));
            }

            return true;
        }

        if (known is not null && told.Assignment <= known.Assignment)
        {
            return told.Assignment < known.Assignment || told.MacAddress == known.MacAddress;
        }

        // A block that was closed since is open again in what the store went back to, and the address is in it.
        var block = root.FindBlockIn(new MacRange(told.MacAddress, told.MacAddress));
        if (!CanHave(root, block?.Provider ?? string.Empty, told))
        {
            return false;
        }

        if (known is { State: HandleState.Held })
        {
            known = End(root, known);
        }

        if (block is not null)
        {
            Record(root, Allocate(root, block.Provider, told), known);
            return true;
        }

        AddressPool.AllocateCertain(root, VlanCatalog.Get(root, told.VlanId), OwnerOf(told), told.MacAddress, evenIfHeldDown: true, told.Handle, evenIfReserved: true);
        Record(root, told with { Provider = string.Empty, IsReported = true }, known);
        return true;
    }

    /// <summary>What the shared store has of a handle. One of nobody becomes that of the client who was answered at the provider.</summary>
    private static MacHandle? FindKnown(IStoreWriter root, MacHandle told)
    {
        var known = HandleRegistry.FindSame(root, told);
        if (known is { Client.Length: 0 } && told.Client.Length > 0)
        {
            known = known with { Client = told.Client };
            HandleRegistry.Adopt(root, known);
        }

        return known;
    }

    /// <summary>True if nobody has an address that a provider gave a handle, and it is of the provider's blocks, or of the pool.</summary>
    private static bool CanHave(IStoreWriter root, string provider, MacHandle told) => root.FindAllocation(told.MacAddress) is null
        && root.FindVlan(told.VlanId) is { } vlan
        && (root.FindBlockIn(new MacRange(told.MacAddress, told.MacAddress)) is { } block
            ? IsSame(block.Provider, provider) && block.VlanId == told.VlanId
            : vlan.Ranges.Any(range => range.Contains(told.MacAddress)) && HandleRegistry.IsFreeFor(root, vlan, told.MacAddress, DateTimeOffset.MaxValue));

    /// <summary>Ends what a store that went back has of a handle: its device was told something else since, and the address is held down.</summary>
    private static MacHandle End(IStoreWriter root, MacHandle known) =>
        HandleRegistry.End(root, known with { State = HandleState.Released, Reason = string.Empty }, AuditAction.ReleaseHandle, root.Now + HandleRegistry.UsualHoldDown);

    /// <summary>Allocates an address of a provider's block, which is in no pool of the shared store.</summary>
    private static MacHandle Allocate(IStoreWriter root, string provider, MacHandle told)
    {
        AddressPool.AllocateOutOfPool(root, told.VlanId, OwnerOf(told), told.MacAddress, told.Handle);
        return told with { Provider = provider, IsReported = true };
    }

    private static string OwnerOf(MacHandle told) => told.InstanceId.Length > 0 ? told.InstanceId : told.Handle;

    private static Registration TakeEnd(IStoreWriter root, string provider, MacHandle told, MacHandle? known)
    {
        if (known is null)
        {
            return root.FindVlan(told.VlanId) is null
                ? new(RegistrationOutcome.Refused, null)
                : new(RegistrationOutcome.Accepted, Record(root, told with { Provider = provider, IsReported = true }, known));
        }

        // Who has it from the provider gives it up there; also if its block was closed meanwhile, so that it is the shared store's own.
        // An older store of the provider tells of an ending that has a new beginning since.
        bool isOfProvider = (IsSame(known.Provider, provider) || known.Provider.Length == 0) && !IsNewer(known, told);
        if (known.State is HandleState.Held && known.MacAddress == told.MacAddress && isOfProvider)
        {
            var action = told.State is HandleState.Revoked ? AuditAction.RevokeHandle : AuditAction.ReleaseHandle;
            known = HandleRegistry.End(root, known with { State = told.State, Reason = told.Reason, EndedAt = told.EndedAt, HeldDownUntil = told.HeldDownUntil }, action, told.HeldDownUntil ?? default);
        }

        return new(known.State is HandleState.Held ? RegistrationOutcome.Known : RegistrationOutcome.Accepted, known);
    }

    private static MacHandle Record(IStoreWriter root, MacHandle told, MacHandle? known)
    {
        if (known is null)
        {
            var inserted = told with { HandleId = 0 };
            root.InsertHandle(inserted);
            if (told.State is not HandleState.Held)
            {
                root.AppendAudit(new AuditEntry(AuditAction.ReleaseHandle, told.VlanId, told.Handle, $"{told.MacAddress}"));
            }

            return inserted;
        }

        // Who gave it the address may not have heard of those that it had meanwhile.
        bool isLater = told.State is HandleState.Held && known.State is not HandleState.Held && told.Assignment <= known.Assignment;
        var updated = told with { HandleId = known.HandleId, Client = known.Client, Assignment = isLater ? known.Assignment + 1 : told.Assignment };
        root.UpdateHandle(updated);
        return updated;
    }

    /// <summary>True if one account of a handle is about a later assignment than another. Clocks decide only between accounts from before assignments were counted.</summary>
    private static bool IsNewer(MacHandle account, MacHandle other) =>
        account.Assignment != other.Assignment ? account.Assignment > other.Assignment : account.AssignedAt > other.AssignedAt;

    private static bool IsSame(string provider, string other) => string.Equals(provider, other, StringComparison.OrdinalIgnoreCase);
}
