using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;

namespace MacSegmentation.Vlans;

/// <summary>The rules for creating, changing and removing VLANs. Every method either throws before its first write or succeeds.</summary>
public static class VlanCatalog
{
    private const int MaxNameLength = 64;

    /// <summary>Longest reuse delay that a VLAN can have.</summary>
    public static readonly TimeSpan MaxReuseDelay = TimeSpan.FromDays(3650);

    /// <summary>The VLAN.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">1 to 4094.</param>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound.</exception>
    public static MacVlan Get(IVlanReader store, int vlanId) =>
        store.FindVlan(VlanId.Validate(vlanId)) ?? throw new MacSegmentationException(
            "VlanNotFound", MacErrorKind.NotFound, $"VLAN {vlanId} does not exist. Create it with New-MacVlan {vlanId}, or list the VLANs with Get-MacVlan.", vlanId);

    /// <summary>Creates a VLAN.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlan">The VLAN; its ranges may come in any order but must not overlap.</param>
    /// <returns>The VLAN as stored.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidVlanId, InvalidVlanName, InvalidReuseDelay, VlanExists, RangeOverlap, GroupAddressInRange, ZeroAddressInRange,
    /// RangeHoldsInterface, RangeHoldsAllocation.
    /// </exception>
    public static MacVlan Create(IVlanWriter store, MacVlan vlan)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(vlan);
        VlanId.Validate(vlan.VlanId);
        ValidateName(vlan.Name);
        ValidateReuseDelay(vlan.ReuseDelay);
        if (store.FindVlan(vlan.VlanId) is { } existing)
        {
            throw new MacSegmentationException(
                "VlanExists",
                MacErrorKind.AlreadyExists,
                $"VLAN {vlan.VlanId} exists already{(existing.Name.Length > 0 ? $" ('{existing.Name}')" : string.Empty)}. Change it with Set-MacVlan, or remove it first with Remove-MacVlan.",
                vlan.VlanId);
        }

        ValidateNewRanges(store, vlan.VlanId, vlan.Ranges, removed: []);
        var stored = vlan with { Ranges = MacRangeSet.Join(vlan.Ranges) };
        store.InsertVlan(stored);
        foreach (var range in stored.Ranges)
        {
            store.InsertFree(vlan.VlanId, range);
        }

        store.AppendAudit(new AuditEntry(AuditAction.CreateVlan, vlan.VlanId, Describe(stored), DescribeNew(stored)));
        return stored;
    }

    /// <summary>Changes a VLAN.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="change">What to change.</param>
    /// <returns>The VLAN as it is now.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidVlanId, VlanNotFound, InvalidVlanName, InvalidReuseDelay, RangeNotInVlan, RangeInUse, RangeOverlap, GroupAddressInRange,
    /// ZeroAddressInRange, RangeHoldsInterface, RangeHoldsAllocation, RangeDelegated.
    /// </exception>
    public static MacVlan Change(IVlanWriter store, int vlanId, VlanChange change)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        var before = Get(store, vlanId);
        ValidateName(change.Name ?? string.Empty);
        ValidateReuseDelay(change.ReuseDelay ?? TimeSpan.Zero);
        ValidateRemovedRanges(store, before, change.RemoveRanges, change.AddRanges);
        ValidateNewRanges(store, vlanId, change.AddRanges, change.RemoveRanges);

        var after = before with
        {
            Name = change.Name ?? before.Name,
            DefaultAction = change.DefaultAction ?? before.DefaultAction,
            ReuseDelay = change.ReuseDelay ?? before.ReuseDelay,
            ArpResponder = change.ArpResponder ?? before.ArpResponder,
            AdmitsOutOfPoolAddresses = change.AdmitsOutOfPoolAddresses ?? before.AdmitsOutOfPoolAddresses,
        };
        if (after == before && change.RemoveRanges.Count == 0 && change.AddRanges.Count == 0)
        {
            return before;
        }

        foreach (var range in change.RemoveRanges)
        {
            FreeSpace.Remove(store, vlanId, range);
        }

        foreach (var range in change.AddRanges)
        {
            FreeSpace.Add(store, vlanId, range);
        }

        after = after with { Ranges = MacRangeSet.Join([.. MacRangeSet.Subtract(before.Ranges, change.RemoveRanges), .. change.AddRanges]) };
        store.UpdateVlan(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangeVlan, vlanId, Describe(after), DescribeChange(change)));
        return after;
    }

    /// <summary>The VLAN, if it could be removed.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="force">Also if addresses of it are allocated or interface records belong to it.</param>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound, VlanDelegated, VlanInUse.</exception>
    public static MacVlan GetRemovable(IVlanReader store, int vlanId, bool force)
    {
        ArgumentNullException.ThrowIfNull(store);
        var vlan = Get(store, vlanId);
        if (store.CountDelegations(vlanId) is > 0 and var blocks)
        {
            // A provider that cannot be reached would go on giving out what another VLAN then has in its pool.
            throw new MacSegmentationException(
                "VlanDelegated",
                MacErrorKind.InUse,
                $"VLAN {vlanId} has {Count(blocks, "block")} that providers give out. Take them back with Get-MacBlock -VlanId {vlanId} | Revoke-MacBlock first.",
                vlanId);
        }

        string users = force ? string.Empty : DescribeUsers(store, vlanId);
        return users.Length == 0
            ? vlan
            : throw new MacSegmentationException(
                "VlanInUse",
                MacErrorKind.InUse,
                store.CountInterfaces(vlanId) > 0 ? $"VLAN {vlanId} has {users}. Remove them with Remove-MacInterface and Remove-MacAllocation, or remove all with -Force."
                    : store.HasHandles(vlanId) ? $"VLAN {vlanId} has {users}. Take them back with Remove-MacAllocation, those of handles with Revoke-MacHandle, or remove all with -Force."
                    : store.CountAllocations(vlanId) == 0 && store.CountPeerPolicies(vlanId) == 0 ? $"VLAN {vlanId} has {users}. Remove those with Remove-MacSession, or remove all with -Force."
                    : store.CountAllocations(vlanId) == 0 ? $"VLAN {vlanId} has {users}. Remove those with Remove-MacPartitionPolicy, or remove all with -Force."
                    : $"VLAN {vlanId} has {users}. Release them with Remove-MacAllocation, or remove all with -Force.",
                vlanId);
    }

    /// <summary>Removes a VLAN with all that belongs to it.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="force">Also if addresses of it are allocated or interface records belong to it.</param>
    /// <returns>The VLAN as it was.</returns>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound, VlanDelegated, VlanInUse.</exception>
    public static MacVlan Remove(IVlanWriter store, int vlanId, bool force)
    {
        ArgumentNullException.ThrowIfNull(store);
        var vlan = GetRemovable(store, vlanId, force);
        string users = DescribeUsers(store, vlanId);
        store.DeleteVlan(vlanId);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveVlan, vlanId, Describe(vlan), users.Length > 0 ? $"with {users}" : string.Empty));
        return vlan;
    }

    /// <summary>Makes sure that a pool can have these ranges together, whatever other VLANs have.</summary>
    /// <param name="ranges">The ranges, in any order.</param>
    /// <exception cref="MacSegmentationException">RangeOverlap, GroupAddressInRange, ZeroAddressInRange.</exception>
    internal static void ValidateRanges(IReadOnlyList<MacRange> ranges)
    {
        for (int i = 0; i < ranges.Count; i++)
        {
            PoolRange.Validate(ranges[i]);
            for (int j = 0; j < i; j++)
            {
                if (ranges[i].Overlaps(ranges[j]))
                {
                    throw Overlap(ranges[i], $"{ranges[j]}, given with it");
                }
            }
        }
    }

    private static void ValidateName(string name)
    {
        if (name.Length > MaxNameLength || name.Any(char.IsControl))
        {
            throw new MacSegmentationException(
                "InvalidVlanName",
                MacErrorKind.InvalidArgument,
                $"A VLAN's name has at most {MaxNameLength} characters and no control characters; this one has {name.Length}. Give a shorter, plain name.",
                name);
        }
    }

    private static void ValidateReuseDelay(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero || delay > MaxReuseDelay)
        {
            throw new MacSegmentationException(
                "InvalidReuseDelay",
                MacErrorKind.InvalidArgument,
                $"The reuse delay {delay} is not possible. Give zero or a time up to {MaxReuseDelay.TotalDays:0} days, such as 00:10:00.",
                delay);
        }
    }

    private static void ValidateRemovedRanges(IVlanReader store, MacVlan vlan, IReadOnlyList<MacRange> ranges, IReadOnlyList<MacRange> added)
    {
        foreach (var range in ranges)
        {
            if (!MacRangeSet.Covers(vlan.Ranges, range))
            {
                throw new MacSegmentationException(
                    "RangeNotInVlan",
                    MacErrorKind.NotFound,
                    $"{range} does not lie in VLAN {vlan.VlanId}, which has {(vlan.Ranges.Count == 0 ? "no range" : string.Join(", ", vlan.Ranges))}. Give a range that it has, or a part of one.",
                    range);
            }

            if (store.FindDelegation(vlan.VlanId, range) is { } block)
            {
                throw new MacSegmentationException(
                    "RangeDelegated",
                    MacErrorKind.InUse,
                    $"{range} of VLAN {vlan.VlanId} meets block {block.BlockId} ({block.Range}) of provider '{block.Provider}'. Take it back with Revoke-MacBlock {block.BlockId} first.",
                    range);
            }

            long allocated = store.CountAllocations(vlan.VlanId, range);
            if (allocated > 0)
            {
                throw new MacSegmentationException(
                    "RangeInUse",
                    MacErrorKind.InUse,
                    $"{range} of VLAN {vlan.VlanId} has {Count(allocated, "allocation")}. Release them with Remove-MacAllocation first.",
                    range);
            }

            if (MacRangeSet.Subtract([range], added).Select(gone => store.FindProfileWithin(vlan.VlanId, gone)).FirstOrDefault(name => name is not null) is { } profile)
            {
                throw new MacSegmentationException(
                    "RangeInUse",
                    MacErrorKind.InUse,
                    $"{range} of VLAN {vlan.VlanId} is where profile '{profile}' takes addresses from. Give it another range with Set-MacProfile {profile} -AddressRange first.",
                    range);
            }

            if (MacRangeSet.Subtract([range], added).Select(store.FindReserved).FirstOrDefault(met => met is not null) is { } reserved)
            {
                throw new MacSegmentationException(
                    "RangeReserved",
                    MacErrorKind.InUse,
                    $"{range} of VLAN {vlan.VlanId} meets the reservation {reserved}. Take it back with Remove-MacReservation {vlan.VlanId} -Range {reserved.Range} first.",
                    range);
            }
        }
    }

    private static void ValidateNewRanges(IVlanReader store, int vlanId, IReadOnlyList<MacRange> ranges, IReadOnlyList<MacRange> removed)
    {
        ValidateRanges(ranges);
        foreach (var range in ranges)
        {
            // What is being removed from this VLAN may come back in the same change.
            foreach (var part in MacRangeSet.Subtract([range], removed))
            {
                if (store.FindOverlap(part) is { } met)
                {
                    throw Overlap(range, $"{met.Range} of VLAN {met.VlanId}{(met.VlanId == vlanId ? " itself" : string.Empty)}");
                }

                if (store.FindAllocationUse(part) is { } outOfPool)
                {
                    throw new MacSegmentationException(
                        "RangeHoldsAllocation",
                        MacErrorKind.InUse,
                        $"{range} holds {outOfPool.Address}, which '{outOfPool.User}' of VLAN {outOfPool.VlanId} has although it lay in no pool. Give ranges without it, or release it first.",
                        range);
                }

                if (store.FindInterfaceUse(part) is { } user)
                {
                    throw new MacSegmentationException(
                        "RangeHoldsInterface",
                        MacErrorKind.InUse,
                        $"{range} holds {user.Address}, the own address of interface '{user.User}' of VLAN {user.VlanId}. Give ranges without it, or give the interface another address with Set-MacInterface.",
                        range);
                }
            }
        }
    }

    private static MacSegmentationException Overlap(MacRange range, string met) => new(
        "RangeOverlap", MacErrorKind.AlreadyExists, $"{range} meets {met}. Give ranges that share no address.", range);

    private static string Describe(MacVlan vlan) => vlan.Name.Length > 0 ? $"VLAN {vlan.VlanId} '{vlan.Name}'" : $"VLAN {vlan.VlanId}";

    private static string DescribeNew(MacVlan vlan)
    {
        var parts = vlan.Ranges.Select(range => range.ToString());
        if (vlan.ArpResponder)
        {
            parts = parts.Append("ARP responder on");
        }

        return string.Join(", ", vlan.AdmitsOutOfPoolAddresses ? parts.Append("out-of-pool addresses on") : parts);
    }

    private static string DescribeChange(VlanChange change)
    {
        var parts = new List<string>();
        if (change.Name is { } name)
        {
            parts.Add($"name '{name}'");
        }

        if (change.DefaultAction is { } action)
        {
            parts.Add($"default action {action}");
        }

        if (change.ReuseDelay is { } delay)
        {
            parts.Add($"reuse delay {delay}");
        }

        if (change.ArpResponder is { } responder)
        {
            parts.Add($"ARP responder {(responder ? "on" : "off")}");
        }

        if (change.AdmitsOutOfPoolAddresses is { } outOfPool)
        {
            parts.Add($"out-of-pool addresses {(outOfPool ? "on" : "off")}");
        }

        parts.AddRange(change.RemoveRanges.Select(range => $"without {range}"));
        parts.AddRange(change.AddRanges.Select(range => $"with {range}"));
        return string.Join(", ", parts);
    }

    private static string DescribeUsers(IVlanReader store, int vlanId)
    {
        (long Number, string Noun)[] users =
        [
            (store.CountInterfaces(vlanId), "interface"),
            (store.CountAllocations(vlanId), "allocation"),
            (store.CountPeerPolicies(vlanId), "partition policy as a peer"),
            (store.CountSessions(vlanId), "session"),
        ];
        return string.Join(" and ", users.Where(user => user.Number > 0).Select(user => Count(user.Number, user.Noun)));
    }

    private static string Count(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun.Replace("policy", "policies", StringComparison.Ordinal)}{(noun.Contains("policy", StringComparison.Ordinal) ? string.Empty : "s")}";
}
