using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>The rules for reserved addresses. Every method either throws before its first write or succeeds.</summary>
/// <remarks>
/// No free interval meets a reservation, so whoever gives out what is free never comes upon one. Addresses of it that were given out stay so. Those that are held down, and those that come
/// back while it is reserved, wait apart as they were; when the reservation is taken back they are held down again, and only what was never given out is never used.
/// </remarks>
public static class ReservationList
{
    /// <summary>Most characters of a description.</summary>
    internal const int MaxDescriptionLength = 256;

    private const int Page = 4096;

    /// <summary>The reservation of exactly these addresses.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="range">The addresses.</param>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound, ReservationNotFound.</exception>
    public static MacReservation Get(IPoolReader store, int vlanId, MacRange range)
    {
        ArgumentNullException.ThrowIfNull(store);
        VlanCatalog.Get(store, vlanId);
        return store.FindReservation(range) is { } met && met.VlanId == vlanId && met.Range == range ? met : throw new MacSegmentationException(
            "ReservationNotFound",
            MacErrorKind.NotFound,
            $"VLAN {vlanId} has no reservation {range}. List its reservations with Get-MacReservation {vlanId}.",
            range);
    }

    /// <summary>Reserves addresses.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="range">The addresses, all of the VLAN's pool.</param>
    /// <param name="description">What they are kept for, at most 256 characters.</param>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound, InvalidReservationDescription, RangeNotInVlan, ReservationExists, RangeDelegated.</exception>
    public static MacReservation Add(IPoolWriter store, int vlanId, MacRange range, string description = "")
    {
        ArgumentNullException.ThrowIfNull(store);
        var vlan = VlanCatalog.Get(store, vlanId);
        ValidateDescription(description);
        if (!MacRangeSet.Covers(vlan.Ranges, range))
        {
            throw new MacSegmentationException(
                "RangeNotInVlan",
                MacErrorKind.NotFound,
                $"{range} does not lie in VLAN {vlanId}, which has {(vlan.Ranges.Count == 0 ? "no range" : string.Join(", ", vlan.Ranges))}. Give addresses of its pool; what lies in no pool is given to nobody anyway.",
                range);
        }

        if (store.FindReservation(range) is { } met)
        {
            throw new MacSegmentationException(
                "ReservationExists",
                MacErrorKind.AlreadyExists,
                $"{range} meets the reservation {met} of VLAN {met.VlanId}. Give addresses beside it, or take it back first with Remove-MacReservation.",
                range);
        }

        if (store.FindDelegation(vlanId, range) is { } block)
        {
            throw new MacSegmentationException(
                "RangeDelegated",
                MacErrorKind.InUse,
                $"{range} of VLAN {vlanId} meets block {block.BlockId} ({block.Range}) of provider '{block.Provider}', which gives its addresses out. Take it back with Revoke-MacBlock {block.BlockId} first.",
                range);
        }

        var reservation = new MacReservation { VlanId = vlanId, Range = range, Description = description };
        store.InsertReservation(reservation);
        store.ReserveHeldDown(vlanId, range);
        FreeSpace.Remove(store, vlanId, range);
        store.AppendAudit(new AuditEntry(AuditAction.AddReservation, vlanId, $"{range}", description));
        return reservation;
    }

    /// <summary>Describes a reservation otherwise.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="range">The addresses.</param>
    /// <param name="description">What they are kept for, at most 256 characters.</param>
    /// <returns>The reservation as it is now.</returns>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound, ReservationNotFound, InvalidReservationDescription.</exception>
    public static MacReservation Change(IPoolWriter store, int vlanId, MacRange range, string description)
    {
        var before = Get(store, vlanId, range);
        ValidateDescription(description);
        if (string.Equals(before.Description, description, StringComparison.Ordinal))
        {
            return before;
        }

        var after = before with { Description = description };
        store.UpdateReservation(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangeReservation, vlanId, $"{range}", $"description '{description}'"));
        return after;
    }

    /// <summary>Takes a reservation back: its addresses are the pool's again, those that were never given out as never used, and the others as they were held down.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="range">The addresses.</param>
    /// <returns>The reservation as it was.</returns>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound, ReservationNotFound.</exception>
    public static MacReservation Remove(IPoolWriter store, int vlanId, MacRange range)
    {
        var reservation = Get(store, vlanId, range);
        foreach (var unused in ListUnused(store, range))
        {
            FreeSpace.Add(store, vlanId, unused);
        }

        store.DeleteReservation(range.First);
        store.ReleaseReservedHeldDown(vlanId, range);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveReservation, vlanId, $"{range}", reservation.Description));
        return reservation;
    }

    /// <summary>What was never given out of a reservation.</summary>
    private static List<MacRange> ListUnused(IPoolReader store, MacRange range)
    {
        using var heldDown = store.ListReservedHeldDown(range).Select(released => released.Address).Order().GetEnumerator();
        var gaps = new List<MacRange>();
        ulong next = range.First.Value;
        bool isReleased = heldDown.MoveNext();
        foreach (var allocated in ListAllocated(store, range))
        {
            for (; isReleased && heldDown.Current < allocated; isReleased = heldDown.MoveNext())
            {
                Pass(heldDown.Current);
            }

            Pass(allocated);
        }

        for (; isReleased; isReleased = heldDown.MoveNext())
        {
            Pass(heldDown.Current);
        }

        if (next <= range.Last.Value)
        {
            gaps.Add(new MacRange(new MacAddress(next), range.Last));
        }

        return gaps;

        void Pass(MacAddress used)
        {
            if (used.Value > next)
            {
                gaps.Add(new MacRange(new MacAddress(next), new MacAddress(used.Value - 1)));
            }

            next = used.Value + 1;
        }
    }

    private static IEnumerable<MacAddress> ListAllocated(IPoolReader store, MacRange range)
    {
        for (var rest = range; ;)
        {
            var page = store.ListAllocationsIn(rest, vlanId: null, Page);
            foreach (var allocation in page)
            {
                yield return allocation.MacAddress;
            }

            if (page.Count < Page || page[^1].MacAddress == range.Last)
            {
                yield break;
            }

            rest = new MacRange(new MacAddress(page[^1].MacAddress.Value + 1), range.Last);
        }
    }

    private static void ValidateDescription(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (description.Length > MaxDescriptionLength || description.Any(char.IsControl))
        {
            throw new MacSegmentationException(
                "InvalidReservationDescription",
                MacErrorKind.InvalidArgument,
                $"A reservation's description has at most {MaxDescriptionLength} characters and no control characters; this one has {description.Length}. Give a shorter, plain text.",
                description);
        }
    }
}
