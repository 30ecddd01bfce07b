using MacSegmentation.Auditing;
using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

/// <content>Whom handles belong to.</content>
public static partial class HandleRegistry
{
    /// <summary>
    /// The record on which a request is decided: the party's own, or one of nobody that it may make its own. Who may use the VLAN, and shows the handle and the instance of such a record, has what it took
    /// before handles had owners.
    /// </summary>
    internal static MacHandle? FindSubject(IHandleReader store, HandleRequest request)
    {
        if (FindRecord(store, request) is { } own)
        {
            return own;
        }

        foreach (var record in request.Party.IsAdministrator ? [] : store.ListHandlesNamed(request.Handle.Text))
        {
            if (IsAdoptable(record, request.VlanId, request.InstanceId))
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>The account that a store has of what another store tells of: that of the same owner; of nobody, where the other has heard who adopted it; that of who adopted it, where the other has not.</summary>
    internal static MacHandle? FindSame(IHandleReader store, MacHandle told)
    {
        var named = store.ListHandlesNamed(told.Handle, told.IsCopy ? told.InstanceId : string.Empty);
        MacHandle? other = null;
        foreach (var record in named)
        {
            if (AreSame(record.Client, told.Client))
            {
                return record;
            }

            if (told.Client.Length > 0 ? IsAdoptable(record, told.VlanId, told.InstanceId) : record.State is HandleState.Held && record.MacAddress == told.MacAddress)
            {
                other = record;
            }
        }

        return other;
    }

    /// <summary>The record of exactly the owner, or null.</summary>
    internal static MacHandle? FindExactly(IHandleReader store, MacHandle told) =>
        HandleParty.Of(told.Client).Pick(store.ListHandlesNamed(told.Handle, told.IsCopy ? told.InstanceId : string.Empty));

    /// <summary>Refuses what a party may not have beside what it has, before anything is written.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="count">Number of addresses that are asked for with it.</param>
    /// <exception cref="MacSegmentationException">HandleOfAnother, QuotaExceeded.</exception>
    internal static void RequireAdmissible(IHandleReader store, HandleRequest request, int count = 1)
    {
        if (request.Party.IsAdministrator || FindRecord(store, request) is { State: HandleState.Held })
        {
            return;
        }

        // What it does not see in another VLAN is not there for it. In its own, one device has one owner.
        var named = store.ListHandlesNamed(request.Handle.Text);
        for (int i = 0; i < named.Count; i++)
        {
            if (named[i] is { State: HandleState.Held } other && other.VlanId == request.VlanId && !request.Party.Has(other) && !IsAdoptable(other, request.VlanId, request.InstanceId))
            {
                throw new MacSegmentationException(
                    "HandleOfAnother",
                    MacErrorKind.InUse,
                    $"The handle '{request.Handle}' is another client's. Show a handle of this client's own devices, or have an administrator put both clients into a group (-Group), or end the other's.",
                    request.Handle.Text);
            }
        }

        RequireQuota(store, request, count);
    }

    private static void RequireQuota(IHandleReader store, HandleRequest request, int count)
    {
        long quota = request.Party.Quota;
        if (quota > 0 && store.CountHeldBy(request.Party.Owner, quota) + count > quota)
        {
            throw new MacSegmentationException(
                "QuotaExceeded",
                MacErrorKind.Exhausted,
                $"'{request.Party.Owner}' may hold {quota} addresses, and {(count == 1 ? "holds as many" : $"{count} more would be too many")}. Give up one that is not used any more, or have the quota raised.",
                request.Handle.Text);
        }
    }

    /// <summary>Makes a record of nobody the party's own.</summary>
    private static MacHandle Adopt(IHandleWriter store, MacHandle record, HandleParty party)
    {
        var adopted = Own(record, party.Owner) with { IsReported = record.Provider.Length == 0 || !store.IsReplica };
        Adopt(store, adopted);
        return adopted;
    }

    /// <summary>Records whom a record of nobody belongs to.</summary>
    internal static void Adopt(IHandleWriter store, MacHandle adopted)
    {
        store.UpdateHandle(adopted);
        store.AppendAudit(new AuditEntry(AuditAction.ChangeHandle, adopted.VlanId, adopted.Handle, $"belongs to '{adopted.Client}'"));
    }

    /// <summary>A record with its owner, who stays if it has one.</summary>
    private static MacHandle Own(MacHandle record, string owner) => record.Client.Length > 0 ? record : record with { Client = owner };

    private static bool IsAdoptable(MacHandle record, int vlanId, string instanceId) =>
        record.Client.Length == 0 && record.VlanId == vlanId && (record.InstanceId.Length == 0 || AreSame(record.InstanceId, instanceId));
}
