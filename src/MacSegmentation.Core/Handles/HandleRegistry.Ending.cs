using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;

namespace MacSegmentation.Handles;

/// <content>How ownership ends: by its owner, or by an administrator.</content>
public static partial class HandleRegistry
{
    /// <summary>How long a revoked address is held down unless something else is said: one day.</summary>
    public static readonly TimeSpan UsualHoldDown = TimeSpan.FromHours(24);

    /// <summary>The longest time for which a revoked address may be held down: ten years.</summary>
    public static readonly TimeSpan MaxHoldDown = TimeSpan.FromDays(3650);

    /// <summary>
    /// How long an address is held down that was given up at a provider: until the shared store has heard of it. Given to another before, it would have two owners there,
    /// and which of them holds could not be told from what was said when.
    /// </summary>
    internal static readonly DateTimeOffset UntilReported = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private const int MaxReasonLength = 512;

    /// <summary>The handle's record.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="handle">The handle.</param>
    /// <param name="instanceId">The instance, for the record of a clone; empty for the record of the handle itself.</param>
    /// <param name="party">Who asks; null for an administrator.</param>
    /// <exception cref="MacSegmentationException">HandleNotFound; HandleAmbiguous: an administrator names what several clients have.</exception>
    public static MacHandle Get(IHandleReader store, DeviceHandle handle, string instanceId = "", HandleParty? party = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(instanceId);
        if (party is not { IsAdministrator: false })
        {
            RequireOneOwner(store, handle);
        }

        return FindExactly(store, handle, instanceId, party) ?? throw new MacSegmentationException(
            "HandleNotFound",
            MacErrorKind.NotFound,
            $"The handle '{handle}'{(instanceId.Length > 0 ? $" of instance '{instanceId}'" : string.Empty)} is not known. List the handles with Get-MacHandle.",
            handle.Text);
    }

    /// <summary>Gives up a handle's address, on its owner's word. The handle is remembered, and gets the address again while it is free.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="handle">The handle.</param>
    /// <param name="instanceId">The instance; empty for the record of the handle itself.</param>
    /// <param name="party">Who gives it up; null for an administrator.</param>
    /// <returns>The record as it is now.</returns>
    /// <exception cref="MacSegmentationException">HandleNotFound, HandleNotHeld, HandleAmbiguous, AllocationInUse.</exception>
    public static MacHandle Release(IHandleWriter store, DeviceHandle handle, string instanceId = "", HandleParty? party = null)
    {
        var record = GetHeld(store, handle, instanceId, party);
        return End(
            store, record with { State = HandleState.Released, Reason = string.Empty, HeldDownUntil = null }, AuditAction.ReleaseHandle, !store.IsReplica ? default : UntilReported);
    }

    /// <summary>
    /// Revokes a handle's address, on an administrator's word. The address is held down before anyone else gets it; the handle is told at its next request.
    /// </summary>
    /// <param name="store">The transaction.</param>
    /// <param name="handle">The handle.</param>
    /// <param name="reason">Why, at most 512 characters; for the audit and for the handle.</param>
    /// <param name="holdDown">How long the address is held down, zero to ten years; <see cref="UsualHoldDown"/> is usual.</param>
    /// <param name="instanceId">The instance; empty for the record of the handle itself.</param>
    /// <param name="party">Whose handle it is; null for that of anybody.</param>
    /// <returns>The record as it is now.</returns>
    /// <exception cref="MacSegmentationException">InvalidReason, InvalidRestTime, HandleNotFound, HandleNotHeld, HandleAmbiguous, AllocationInUse.</exception>
    public static MacHandle Revoke(IHandleWriter store, DeviceHandle handle, string reason, TimeSpan holdDown, string instanceId = "", HandleParty? party = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (reason.Length > MaxReasonLength || reason.Any(char.IsControl))
        {
            throw new MacSegmentationException(
                "InvalidReason", MacErrorKind.InvalidArgument, $"A reason has at most {MaxReasonLength} characters and no control characters. Give a shorter, plain one.", reason);
        }

        if (holdDown < TimeSpan.Zero || holdDown > MaxHoldDown)
        {
            throw new MacSegmentationException(
                "InvalidRestTime", MacErrorKind.InvalidArgument, $"A hold-down time of {holdDown} is not possible. Give zero or a time up to {MaxHoldDown.TotalDays:0} days, such as 1.00:00:00.", holdDown);
        }

        var record = GetHeld(store, handle, instanceId, party);
        return End(store, record with { State = HandleState.Revoked, Reason = reason, HeldDownUntil = store.Now + holdDown }, AuditAction.RevokeHandle, store.Now + holdDown);
    }

    /// <summary>The handle's record, if it has an address that could be taken from it.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="handle">The handle.</param>
    /// <param name="instanceId">The instance; empty for the record of the handle itself.</param>
    /// <param name="party">Who asks; null for an administrator.</param>
    /// <exception cref="MacSegmentationException">HandleNotFound, HandleNotHeld, HandleAmbiguous.</exception>
    public static MacHandle GetHeld(IHandleReader store, DeviceHandle handle, string instanceId = "", HandleParty? party = null)
    {
        var record = Get(store, handle, instanceId, party);
        return record.State is HandleState.Held
            ? record
            : throw new MacSegmentationException(
                "HandleNotHeld",
                MacErrorKind.InvalidOperation,
                $"The handle '{handle}' has no address: {record.MacAddress} was {(record.State is HandleState.Released ? "given up" : "revoked")} at {record.EndedAt:u}. There is nothing to take from it.",
                handle.Text);
    }

    /// <summary>The record of a handle, or of the clone that the instance is; null if there is none, or it is another instance's.</summary>
    internal static MacHandle? FindExactly(IHandleReader store, DeviceHandle handle, string instanceId, HandleParty? party = null) =>
        FindRecord(store, new HandleRequest { Handle = handle, VlanId = 1, InstanceId = instanceId, Party = party ?? HandleParty.Administrator }) is { } record
        && (instanceId.Length == 0 || record.InstanceId.Length == 0 || AreSame(record.InstanceId, instanceId))
            ? record
            : null;

    /// <summary>Who takes an address from a handle must not take another's of the same name.</summary>
    private static void RequireOneOwner(IHandleReader store, DeviceHandle handle)
    {
        var named = store.ListHandlesNamed(handle.Text);
        if (named.Count(record => record.State is HandleState.Held) > 1)
        {
            throw new MacSegmentationException(
                "HandleAmbiguous",
                MacErrorKind.InvalidArgument,
                $"Several have the handle '{handle}': {string.Join(", ", named.Where(record => record.State is HandleState.Held).Select(record => $"{(record.Client.Length > 0 ? $"'{record.Client}'" : "nobody")} in VLAN {record.VlanId}"))}. Say whose is meant with -Client.",
                handle.Text);
        }
    }

    /// <summary>Records that a handle has lost its address, and holds that down.</summary>
    internal static MacHandle End(IHandleWriter store, MacHandle ended, AuditAction action, DateTimeOffset heldDownUntil)
    {
        // A provider knows of the addresses of others, and has no allocation for them.
        if (store.FindAllocation(ended.MacAddress) is { } allocation && string.Equals(allocation.Handle, ended.Handle, StringComparison.Ordinal))
        {
            AddressPool.ReleaseOfHandle(store, allocation, ended.EndedAt ?? store.Now, heldDownUntil);
        }

        var record = ended with { EndedAt = ended.EndedAt ?? store.Now, Notice = string.Empty, IsReported = !store.IsReplica };
        store.UpdateHandle(record);
        store.AppendAudit(new AuditEntry(action, record.VlanId, record.Handle, record.Reason.Length > 0 ? $"{record.MacAddress}: {record.Reason}" : $"{record.MacAddress}"));
        return record;
    }
}
