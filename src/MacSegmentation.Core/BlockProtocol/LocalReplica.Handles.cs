using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.BlockProtocol;

/// <content>The handles of a provider's own store.</content>
internal static partial class LocalReplica
{
    /// <summary>Takes in what the shared store says of handles.</summary>
    public static void MergeAll(IStoreWriter home, string provider, IReadOnlyList<MacHandle> told)
    {
        // A VLAN with many blocks has many ranges: they are read once.
        var vlans = home.ListVlans().ToDictionary(vlan => vlan.VlanId);
        foreach (var handle in told)
        {
            Merge(home, provider, handle, vlans.GetValueOrDefault(handle.VlanId));
        }
    }

    /// <summary>Takes in what the shared store says of a handle.</summary>
    public static void Merge(IStoreWriter home, string provider, MacHandle told) => Merge(home, provider, told, home.FindVlan(told.VlanId));

    private static void Merge(IStoreWriter home, string provider, MacHandle told, MacVlan? vlan)
    {
        if (vlan is null)
        {
            return;
        }

        var here = HandleRegistry.FindSame(home, told);

        // What the shared store has still to hear of from here is decided when it has heard.
        if (here is { IsReported: false })
        {
            return;
        }

        bool isOwn = here is not null && IsHolder(home, here) && home.FindAllocation(here.MacAddress) is { } allocation && string.Equals(allocation.Handle, here.Handle, StringComparison.Ordinal);
        if (isOwn && told.State is not HandleState.Held && here!.MacAddress == told.MacAddress)
        {
            // An administrator revoked it there, or its owner gave it up elsewhere: it is held down here, where it is given out.
            var action = told.State is HandleState.Revoked ? Auditing.AuditAction.RevokeHandle : Auditing.AuditAction.ReleaseHandle;
            var ended = HandleRegistry.End(home, told with { HandleId = here.HandleId }, action, told.HeldDownUntil ?? default);
            home.UpdateHandle(ended with { IsReported = true });
            return;
        }

        if (isOwn && here!.MacAddress != told.MacAddress)
        {
            LetGo(home, here, isAnswered: true);
        }

        // What the device is to be told here, the shared store does not know.
        bool isToBeReported = told.Notice.Length == 0 && here is { State: HandleState.Held, Notice.Length: > 0 } && here.MacAddress == told.MacAddress;
        Record(home, isToBeReported ? told with { Notice = here!.Notice } : told, here, vlan);
    }

    /// <summary>Forgets that an address was given to a handle here.</summary>
    /// <param name="home">The transaction.</param>
    /// <param name="handle">The handle as it is here.</param>
    /// <param name="isAnswered">True if the device may use the address: it is then held down, before anyone else gets it.</param>
    public static void LetGo(IStoreWriter home, MacHandle handle, bool isAnswered)
    {
        if (home.FindAllocation(handle.MacAddress) is not { } allocation || !string.Equals(allocation.Handle, handle.Handle, StringComparison.Ordinal) || !IsHolder(home, handle))
        {
            return;
        }

        if (isAnswered)
        {
            AddressPool.ReleaseOfHandle(home, allocation, home.Now, home.Now + HandleRegistry.UsualHoldDown);
            return;
        }

        home.DeleteAllocation(handle.MacAddress);
        var address = new MacRange(handle.MacAddress, handle.MacAddress);
        if (home.FindOverlap(address)?.VlanId == handle.VlanId)
        {
            FreeSpace.Add(home, handle.VlanId, address);
        }
    }

    /// <summary>False if the address is held by another of the same name, whose owner is another client.</summary>
    private static bool IsHolder(IStoreWriter home, MacHandle handle) => home.FindHandleByAddress(handle.MacAddress) is not { } holder || holder.HandleId == handle.HandleId;

    /// <summary>Takes back a proposal that no device was told of: the handle has what it had before.</summary>
    public static void TakeBack(IStoreWriter home, MacHandle proposed, MacHandle? before)
    {
        if (HandleRegistry.FindExactly(home, proposed) is not { } here || here.MacAddress != proposed.MacAddress || here.State != proposed.State)
        {
            return;
        }

        if (before is not { State: HandleState.Held })
        {
            LetGo(home, here, isAnswered: false);
        }

        if (before is null)
        {
            home.DeleteHandle(here.HandleId);
        }
        else
        {
            home.UpdateHandle(before);
        }
    }

    /// <summary>Lets an address that was given up here be had by others: the shared store has heard of it.</summary>
    public static void EndWait(IStoreWriter home, MacHandle ended)
    {
        if (home.FindHeldDown(ended.MacAddress) is { } heldDown && heldDown.HeldDownUntil == HandleRegistry.UntilReported)
        {
            home.DeleteHeldDown(heldDown.Address);
            home.InsertHeldDown(heldDown with { HeldDownUntil = default });
        }
    }

    /// <summary>Records a handle as the shared store has it.</summary>
    public static void Record(IStoreWriter home, MacHandle told, MacHandle? here) => Record(home, told, here, home.FindVlan(told.VlanId));

    private static void Record(IStoreWriter home, MacHandle told, MacHandle? here, MacVlan? vlan)
    {
        EndFormer(home, told, here);
        var record = told with { HandleId = here?.HandleId ?? 0, IsReported = true, Revision = here?.Revision ?? 0 };
        if (here is null)
        {
            home.InsertHandle(record);
        }
        else if (here != record)
        {
            home.UpdateHandle(record);
        }

        Withhold(home, record, vlan);
    }

    /// <summary>The one that had the address here lost it there: what it has now comes later in the shared store's sequence.</summary>
    private static void EndFormer(IStoreWriter home, MacHandle told, MacHandle? here)
    {
        if (told.State is HandleState.Held && home.FindHandleByAddress(told.MacAddress) is { } former && former.HandleId != here?.HandleId)
        {
            LetGo(home, former, isAnswered: true);
            home.UpdateHandle(former with { State = HandleState.Released, EndedAt = home.Now });
        }
    }

    /// <summary>
    /// Has nobody else get an address that a handle holds and that could be given out here: this store is a copy from before, or its block was closed and given to others,
    /// and the sign not seen yet.
    /// </summary>
    private static void Withhold(IStoreWriter home, MacHandle held, MacVlan? vlan)
    {
        if (held.State is HandleState.Held
            && vlan is not null
            && vlan.Ranges.Any(range => range.Contains(held.MacAddress))
            && home.FindAllocation(held.MacAddress) is null
            && (home.FindHeldDown(held.MacAddress) is not null || home.FindFree(held.VlanId, held.MacAddress) is not null))
        {
            AddressPool.AllocateCertain(home, vlan, held.InstanceId.Length > 0 ? held.InstanceId : held.Handle, held.MacAddress, evenIfHeldDown: true, held.Handle);
        }
    }
}
