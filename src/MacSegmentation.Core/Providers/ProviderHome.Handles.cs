using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <content>The handles of a provider's own store.</content>
internal static partial class ProviderHome
{
    /// <summary>Takes in what the shared store says of a handle.</summary>
    public static void Merge(IStoreWriter home, string provider, MacHandle told)
    {
        if (home.FindVlan(told.VlanId) is null)
        {
            return;
        }

        var here = home.FindHandle(told.Handle, told.IsCopy ? told.InstanceId : string.Empty);

        // What the shared store has still to hear of from here is decided when it has heard.
        if (here is { IsReported: false })
        {
            return;
        }

        bool isOwn = here is not null && home.FindAllocation(here.MacAddress) is { } allocation && string.Equals(allocation.Handle, here.Handle, StringComparison.Ordinal);
        if (isOwn && told.State is not HandleState.Held)
        {
            // An administrator recovered it there, or its owner gave it up elsewhere: it rests here, where it is given out.
            var action = told.State is HandleState.Recovered ? Auditing.AuditAction.RecoverHandle : Auditing.AuditAction.ReleaseHandle;
            var ended = HandleRegistry.End(home, here! with { State = told.State, Reason = told.Reason, EndedAt = told.EndedAt, RestsUntil = told.RestsUntil }, action);
            home.UpdateHandle(ended with { IsReported = true });
            return;
        }

        if (isOwn && here!.MacAddress != told.MacAddress)
        {
            LetGo(home, here, isAnswered: true);
        }

        // The one that had the address here lost it there: what it has now comes later in the sequence.
        if (told.State is HandleState.Held && home.FindHandleByAddress(told.MacAddress) is { } former && former.HandleId != here?.HandleId)
        {
            LetGo(home, former, isAnswered: true);
            home.UpdateHandle(former with { State = HandleState.Released, EndedAt = home.Now });
        }

        if (told.State is HandleState.Held && string.Equals(told.Provider, provider, StringComparison.OrdinalIgnoreCase) && !isOwn)
        {
            Reclaim(home, told);
        }

        // What the device is to be told here, the shared store does not know.
        bool isToBeTold = told.Notice.Length == 0 && here is { State: HandleState.Held, Notice.Length: > 0 } && here.MacAddress == told.MacAddress;
        Record(home, isToBeTold ? told with { Notice = here!.Notice } : told, here);
    }

    /// <summary>Forgets that an address was given to a handle here.</summary>
    /// <param name="home">The transaction.</param>
    /// <param name="handle">The handle as it is here.</param>
    /// <param name="isAnswered">True if the device may use the address: it then rests, before anyone else gets it.</param>
    public static void LetGo(IStoreWriter home, MacHandle handle, bool isAnswered)
    {
        if (home.FindAllocation(handle.MacAddress) is not { } allocation || !string.Equals(allocation.Handle, handle.Handle, StringComparison.Ordinal))
        {
            return;
        }

        if (isAnswered)
        {
            AddressPool.ReleaseOfHandle(home, allocation, home.Now + HandleRegistry.UsualRest);
            return;
        }

        home.DeleteAllocation(handle.MacAddress);
        var address = new MacRange(handle.MacAddress, handle.MacAddress);
        if (home.FindOverlap(address)?.VlanId == handle.VlanId)
        {
            FreeSpace.Add(home, handle.VlanId, address);
        }
    }

    /// <summary>Records a handle as the shared store has it.</summary>
    public static void Record(IStoreWriter home, MacHandle told, MacHandle? here)
    {
        var record = told with { HandleId = here?.HandleId ?? 0, IsReported = true, Revision = here?.Revision ?? 0 };
        if (here is null)
        {
            home.InsertHandle(record);
        }
        else if (here != record)
        {
            home.UpdateHandle(record);
        }
    }

    /// <summary>An address that the shared store knows to be given out from here, and that is not: this store is a copy from before.</summary>
    private static void Reclaim(IStoreWriter home, MacHandle told)
    {
        if (home.FindVlan(told.VlanId) is { } vlan && vlan.Ranges.Any(range => range.Contains(told.MacAddress)) && HandleRegistry.IsFreeFor(home, vlan, told.MacAddress))
        {
            AddressPool.AllocateCertain(home, vlan, told.InstanceId.Length > 0 ? told.InstanceId : told.Handle, told.MacAddress, evenIfResting: true, told.Handle);
        }
    }
}
