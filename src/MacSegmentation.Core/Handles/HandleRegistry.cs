using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Handles;

/// <summary>
/// The rules by which a device gets its address: the same one every time it shows its handle. Every method either throws before its first write or
/// succeeds.
/// </summary>
/// <remarks>
/// In this order: (1) a handle that was seen before gets the address that it holds, or had, if that is free (what is held down is free for the one who had it); if it
/// went to another since, the handle is told and gets a new one; (2) a new handle gets the address that it asks for, if that lies in the VLAN's pool (or the
/// VLAN admits out-of-pool addresses) and is free; (3) any other gets one from the pool. A handle has one address, whatever the VLAN.
/// </remarks>
public static partial class HandleRegistry
{
    /// <summary>The answer to a request that changes nothing, or null if <see cref="Request"/> has to decide.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What the device asks for.</param>
    public static MacAssignment? Find(IHandleReader store, HandleRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return FindHolding(store, request) is { } record ? MacAssignment.Of(record, AssignmentOutcome.Existing) : null;
    }

    /// <summary>Gives a device its address.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What the device asks for.</param>
    /// <param name="provider">The provider that answers from a store of its own; empty for the shared store itself.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidVlanId, VlanNotFound, InvalidInstanceId, InstanceRequired, InvalidRequestedAddress, HandleInOtherVlan, HandleLive, AddressTaken, AddressOutside,
    /// AddressDelegated, AddressResting, PoolExhausted, HandleOfAnother, QuotaExceeded.
    /// </exception>
    public static MacAssignment Request(IHandleWriter store, HandleRequest request, string provider = "")
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        Validate(request);
        var vlan = VlanCatalog.Get(store, request.VlanId);
        var record = FindSubject(store, request);
        RequireAdmissible(store, request);
        bool isOther = record is { InstanceId.Length: > 0, IsCopy: false } && request.InstanceId.Length > 0 && !AreSame(record.InstanceId, request.InstanceId);
        if (record is null || (isOther && request.Intent is HandleIntent.Copy))
        {
            return AssignFirst(store, vlan, request, provider, isCopy: record is not null);
        }

        if (record.State is not HandleState.Held)
        {
            return AssignAgain(store, vlan, record, request, provider);
        }

        RequireVlan(record, request);
        if (isOther)
        {
            return request.Intent is HandleIntent.Replace ? Replace(store, record, request, AssignmentOutcome.Replaced) : throw Live(record, request);
        }

        if (record.Client.Length == 0 && !request.Party.IsAdministrator)
        {
            record = Adopt(store, record, request.Party);
        }

        // The first instance that names itself is the one that has the handle.
        return record.InstanceId.Length == 0 && request.InstanceId.Length > 0
            ? Replace(store, record, request, AssignmentOutcome.Existing)
            : MacAssignment.Of(record, AssignmentOutcome.Existing);
    }

    /// <summary>The record of a handle that has what it asks for, or null.</summary>
    internal static MacHandle? FindHolding(IHandleReader store, HandleRequest request) =>
        FindRecord(store, request) is { State: HandleState.Held } record
        && record.VlanId == request.VlanId
        && (request.InstanceId.Length == 0 || AreSame(record.InstanceId, request.InstanceId))
            ? record
            : null;

    /// <summary>The record that a request is about: that of the clone if the instance is one, else that of the handle itself; null if there is none.</summary>
    internal static MacHandle? FindRecord(IHandleReader store, HandleRequest request)
    {
        var record = request.Party.Pick(store.ListHandlesNamed(request.Handle.Text), request.VlanId);
        return record is null || request.InstanceId.Length == 0 || AreSame(record.InstanceId, request.InstanceId)
            ? record
            : request.Party.Pick(store.ListHandlesNamed(request.Handle.Text, request.InstanceId), request.VlanId) ?? record;
    }

    internal static bool AreSame(string instance, string other) => string.Equals(instance, other, StringComparison.OrdinalIgnoreCase);

    private static MacAssignment AssignFirst(IHandleWriter store, MacVlan vlan, HandleRequest request, string provider, bool isCopy)
    {
        RequireQuota(store, request, 1);
        var address = Take(store, vlan, request);
        var record = new MacHandle
        {
            HandleId = 0,
            Handle = request.Handle.Text,
            Client = request.Party.Owner,
            VlanId = vlan.VlanId,
            MacAddress = address,
            State = HandleState.Held,
            InstanceId = request.InstanceId,
            IsCopy = isCopy,
            Provider = provider,
            AssignedAt = store.Now,
            IsReported = provider.Length == 0,
        };
        store.InsertHandle(record);
        return MacAssignment.Of(record, isCopy ? AssignmentOutcome.Copied : AssignmentOutcome.New);
    }

    private static MacAssignment AssignAgain(IHandleWriter store, MacVlan vlan, MacHandle record, HandleRequest request, string provider)
    {
        bool isRestored = record.VlanId == vlan.VlanId
            && (!request.IsExact || request.RequestedAddress is null || request.RequestedAddress == record.MacAddress)
            && IsFreeFor(store, vlan, record.MacAddress, record.EndedAt);
        var address = record.MacAddress;
        if (isRestored)
        {
            TakeCertain(store, vlan, request, address, evenIfHeldDown: true);
        }
        else
        {
            address = Take(store, vlan, request);
        }

        var assigned = Own(record, request.Party.Owner) with
        {
            VlanId = vlan.VlanId,
            MacAddress = address,
            State = HandleState.Held,
            InstanceId = request.InstanceId.Length > 0 ? request.InstanceId : record.InstanceId,
            Provider = provider,
            AssignedAt = store.Now,
            Assignment = record.Assignment + 1,
            EndedAt = null,
            HeldDownUntil = null,
            Reason = string.Empty,
            Notice = request.IsExact && !isRestored ? string.Empty : Notice(record, isRestored, vlan.VlanId, address),
            IsReported = provider.Length == 0,
        };
        store.UpdateHandle(assigned);
        return MacAssignment.Of(assigned, isRestored ? AssignmentOutcome.Restored : AssignmentOutcome.Renewed);
    }

    private static MacAssignment Replace(IHandleWriter store, MacHandle record, HandleRequest request, AssignmentOutcome outcome)
    {
        if (store.FindAllocation(record.MacAddress) is { } allocation)
        {
            store.DeleteAllocation(record.MacAddress);
            store.InsertAllocation(allocation with { InstanceId = request.InstanceId });
        }

        var replaced = record with { InstanceId = request.InstanceId, IsReported = record.Provider.Length == 0 || !store.IsReplica };
        store.UpdateHandle(replaced);
        string what = record.InstanceId.Length == 0 ? $"shown by '{request.InstanceId}'" : $"'{request.InstanceId}' in the place of '{record.InstanceId}', which is retired";
        store.AppendAudit(new AuditEntry(AuditAction.ChangeHandle, record.VlanId, record.Handle, what));
        return MacAssignment.Of(replaced, outcome);
    }

    /// <summary>Takes the address that is asked for, or the next of the pool.</summary>
    private static MacAddress Take(IHandleWriter store, MacVlan vlan, HandleRequest request)
    {
        if (request.RequestedAddress is { } wanted)
        {
            try
            {
                return TakeCertain(store, vlan, request, wanted, evenIfHeldDown: false);
            }
            catch (MacSegmentationException error) when (request.AllowSubstitute && !error.EndsTransaction)
            {
                // Refused before anything was written: the pool chooses.
            }
        }

        return AddressPool.AllocateNext(store, vlan.VlanId, Owner(request), request.Handle.Text).MacAddress;
    }

    private static MacAddress TakeCertain(IHandleWriter store, MacVlan vlan, HandleRequest request, MacAddress wanted, bool evenIfHeldDown)
    {
        // Used or not: what lies outside is told nobody who cannot have it.
        bool isInside = vlan.Ranges.Any(range => range.Contains(wanted));
        var holding = store.FindAllocation(wanted);
        var holder = store.FindHandleByAddress(wanted);
        if (isInside ? holding is not null || holder is not null : holding?.VlanId == vlan.VlanId || holder?.VlanId == vlan.VlanId)
        {
            // Who has it is not for any device to know.
            throw new MacSegmentationException(
                "AddressTaken", MacErrorKind.AlreadyExists, $"{wanted} has another owner. Ask for another address, allow a substitute (-AllowSubstitute), or leave the choice to the pool.", wanted);
        }

        if (isInside)
        {
            return AddressPool.AllocateCertain(store, vlan, Owner(request), wanted, evenIfHeldDown, request.Handle.Text).MacAddress;
        }

        var alone = new MacRange(wanted, wanted);
        if (!vlan.AdmitsOutOfPoolAddresses || holding is not null || holder is not null || store.FindOverlap(alone) is not null || store.FindInterfaceUse(alone) is not null || store.IsReplica)
        {
            throw new MacSegmentationException(
                "AddressOutside",
                MacErrorKind.InvalidArgument,
                $"{wanted} is not in the pool of VLAN {vlan.VlanId}{(vlan.AdmitsOutOfPoolAddresses ? ", and cannot be had beside it" : string.Empty)}. Ask for an address of the pool, allow a substitute (-AllowSubstitute), or leave the choice to the pool.",
                wanted);
        }

        return AddressPool.AllocateOutOfPool(store, vlan.VlanId, Owner(request), wanted, request.Handle.Text).MacAddress;
    }

    /// <summary>
    /// True if one who had the address until a time can have it again: nobody has it, and if it is held down it was that one's last. What is held down after another has lost it is
    /// kept for that one.
    /// </summary>
    internal static bool IsFreeFor(IHandleReader store, MacVlan vlan, MacAddress address, DateTimeOffset? endedAt)
    {
        if (store.FindAllocation(address) is not null || store.FindHandleByAddress(address) is not null)
        {
            return false;
        }

        var alone = new MacRange(address, address);
        return vlan.Ranges.Any(range => range.Contains(address))
            ? store.FindHeldDown(address) is { } heldDown ? endedAt >= heldDown.ReleasedAt || AddressPool.IsHoldDownOver(heldDown, vlan, store.Now) : store.FindFree(vlan.VlanId, address) is not null
            : vlan.AdmitsOutOfPoolAddresses && !store.IsReplica && store.FindOverlap(alone) is null && store.FindInterfaceUse(alone) is null;
    }

    private static string Owner(HandleRequest request) => request.InstanceId.Length > 0 ? request.InstanceId : request.Handle.Text;
}
