using System.Globalization;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <content>The rules for the sequence of a VLAN's list.</content>
public static partial class PolicyList
{
    private const int Page = 1024;

    /// <summary>
    /// Moves policies to a place of their VLAN's list, where they keep the sequence in which they are given. A number halfway between the neighbours' is taken; where there is none, the
    /// policies behind go one order up, as far as they stand without a gap.
    /// </summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policyIds">The policies, all of one VLAN.</param>
    /// <param name="place">Where they go.</param>
    /// <returns>The policies as they are now, and those that made room.</returns>
    /// <exception cref="MacSegmentationException">PolicyNotFound, PolicyOfOtherVlan, PolicyListFull.</exception>
    public static IReadOnlyList<PlacedPolicy> Move(IPolicyWriter store, IReadOnlyList<long> policyIds, PolicyPlace place)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(policyIds);
        ArgumentNullException.ThrowIfNull(place);
        MacPolicy[] moving = [.. policyIds.Distinct().Select(id => Get(store, id))];
        if (moving.FirstOrDefault(policy => policy.VlanId != moving[0].VlanId) is { } stray)
        {
            throw new MacSegmentationException(
                "PolicyOfOtherVlan",
                MacErrorKind.InvalidArgument,
                $"Policy {stray.PolicyId} is of VLAN {stray.VlanId}, and policy {moving[0].PolicyId} of VLAN {moving[0].VlanId}: each VLAN has a list of its own. Move the policies of one VLAN at a time.",
                stray.PolicyId);
        }

        // All that could be refused is looked at before the first is moved: nobody gets half of it.
        if (moving.Length > 0 && (place.BeforeOrder ?? place.AfterOrder) is { } beside)
        {
            GetByOrder(store, moving[0].VlanId, beside);
        }

        RequireRoom(store, moving, place);
        var placed = new List<PlacedPolicy>(moving.Length);
        foreach (long id in moving.Select(policy => policy.PolicyId))
        {
            var one = MoveOne(store, Get(store, id), place);
            placed.Add(one);

            // What is behind a place stays behind it; what is in front of one may have gone up with others.
            place = PolicyPlace.After(one.Policy.Order);
        }

        return [.. placed.Select(one => one with { Policy = Get(store, one.Policy.PolicyId) })];
    }

    /// <summary>Gives the policies of a VLAN new orders at equal distances. Their sequence, and so what is decided over every frame, stays.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="start">The order of the first policy, at least 1.</param>
    /// <param name="step">The distance from each to the next, at least 1.</param>
    /// <returns>The policies as they are now.</returns>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound, InvalidPolicyOrder: an order is below 1 or above 2^31 − 1.</exception>
    public static IReadOnlyList<MacPolicy> ResetOrder(IPolicyWriter store, int vlanId, int start = Step, int step = Step)
    {
        ArgumentNullException.ThrowIfNull(store);
        VlanCatalog.Get(store, vlanId);
        var before = store.ListPolicies(vlanId);
        if (start < 1 || step < 1)
        {
            throw new MacSegmentationException(
                "InvalidPolicyOrder", MacErrorKind.InvalidArgument, $"Orders from {start} in steps of {step} are not possible: both are at least 1.", start < 1 ? start : step);
        }

        if (before.Count > 0 && start + ((before.Count - 1L) * step) is var last and > int.MaxValue)
        {
            long widest = before.Count == 1 ? 0 : (int.MaxValue - (long)start) / (before.Count - 1);
            throw new MacSegmentationException(
                "InvalidPolicyOrder",
                MacErrorKind.InvalidArgument,
                string.Create(CultureInfo.InvariantCulture, $"The last of the {before.Count} policies of VLAN {vlanId} would have the order {last}, and the highest is {int.MaxValue}. {(widest > 0 ? $"Give a step of at most {widest}" : "Give a lower start")}."),
                step);
        }

        MacPolicy[] after = [.. before.Select((policy, place) => policy with { Order = start + (place * step) })];

        // No order is taken twice at any moment: whoever goes down leaves from the front, whoever goes up from the back.
        Renumber(store, Enumerable.Range(0, after.Length).Where(i => after[i].Order < before[i].Order).Select(i => after[i]));
        Renumber(store, Enumerable.Range(0, after.Length).Reverse().Where(i => after[i].Order > before[i].Order).Select(i => after[i]));
        int changed = after.Zip(before).Count(pair => pair.First.Order != pair.Second.Order);
        if (changed > 0)
        {
            store.AppendAudit(new AuditEntry(
                AuditAction.ResetPolicyOrder, vlanId, $"{after.Length} policies from order {start} in steps of {step}", $"{changed} have another order now, and all the same sequence"));
        }

        return after;
    }

    private static void Renumber(IPolicyWriter store, IEnumerable<MacPolicy> policies)
    {
        foreach (var policy in policies)
        {
            store.UpdatePolicy(policy);
        }
    }

    private static PlacedPolicy MoveOne(IPolicyWriter store, MacPolicy policy, PolicyPlace place)
    {
        if (IsThere(store, policy, place))
        {
            return new PlacedPolicy(policy, []);
        }

        var room = FindRoom(store, policy.VlanId, place, policy);
        if (room.Shifted.Count > 0)
        {
            // Out of the way of those that go up; no list is read before it has its new order.
            store.UpdatePolicy(policy with { Order = 0 });
        }

        MakeRoom(store, room);
        var moved = policy with { Order = room.Order };
        store.UpdatePolicy(moved);
        store.AppendAudit(new AuditEntry(AuditAction.MovePolicy, policy.VlanId, policy.ToString(), $"to order {moved.Order}{(room.Shifted.Count > 0 ? $", {room.Describe()}" : string.Empty)}"));
        return new PlacedPolicy(moved, room.Shifted);
    }

    private static bool IsThere(IPolicyReader store, MacPolicy policy, PolicyPlace place) =>
        place.BeforeOrder is { } before ? policy.Order == before || store.FindPolicyBefore(policy.VlanId, before)?.PolicyId == policy.PolicyId
        : place.AfterOrder is { } after ? policy.Order == after || store.ListPoliciesAfter(policy.VlanId, after, limit: 1) is [var next] && next.PolicyId == policy.PolicyId
        : place.IsFirst ? store.FindPolicyBefore(policy.VlanId, policy.Order) is null
        : store.FindLastOrder(policy.VlanId) == policy.Order;

    private static Room FindRoom(IPolicyReader store, int vlanId, PolicyPlace place, MacPolicy? moving)
    {
        if ((place.BeforeOrder ?? place.AfterOrder) is { } beside)
        {
            GetByOrder(store, vlanId, beside);
        }

        int low = place.BeforeOrder is { } before ? Other(store, store.FindPolicyBefore(vlanId, before), moving)?.Order ?? 0
            : place.AfterOrder ?? (place.IsFirst ? 0 : Other(store, store.FindPolicyBefore(vlanId, long.MaxValue), moving)?.Order ?? 0);
        var following = store.ListPoliciesAfter(vlanId, low, limit: 2).FirstOrDefault(policy => policy.PolicyId != moving?.PolicyId);
        if (following is null)
        {
            return new Room(OrderAfter(vlanId, low), []);
        }

        if (following.Order - low > 1)
        {
            return new Room(low + ((following.Order - low) / 2), []);
        }

        // Those that stand shoulder to shoulder go one up.
        var shifted = new List<MacPolicy>();
        long expected = following.Order;
        for (bool isMore = true; isMore;)
        {
            var page = store.ListPoliciesAfter(vlanId, expected - 1, Page);
            isMore = page.Count == Page;
            foreach (var policy in page)
            {
                if (policy.Order != expected || policy.PolicyId == moving?.PolicyId)
                {
                    isMore = false;
                    break;
                }

                expected++;
                shifted.Add(policy);
            }
        }

        return expected <= int.MaxValue
            ? new Room(following.Order, [.. shifted.Select(policy => policy with { Order = policy.Order + 1 })])
            : throw new MacSegmentationException(
                "PolicyListFull",
                MacErrorKind.Exhausted,
                $"There is no order left {place} of VLAN {vlanId}: all from there to {int.MaxValue} are taken. Make room with Reset-MacPolicyOrder {vlanId}.",
                vlanId);
    }

    /// <summary>The neighbour, or the one before it if the neighbour itself is being moved.</summary>
    private static MacPolicy? Other(IPolicyReader store, MacPolicy? found, MacPolicy? moving) =>
        found is not null && found.PolicyId == moving?.PolicyId ? store.FindPolicyBefore(found.VlanId, found.Order) : found;

    /// <summary>Only at the upper end of the orders can there be too little room.</summary>
    private static void RequireRoom(IPolicyReader store, MacPolicy[] moving, PolicyPlace place)
    {
        if (moving.Length > 1 && store.FindLastOrder(moving[0].VlanId) > int.MaxValue - moving.Length)
        {
            throw new MacSegmentationException(
                "PolicyListFull",
                MacErrorKind.Exhausted,
                $"{moving.Length} policies may find no order {place} of VLAN {moving[0].VlanId}: its last one is near the highest possible. Make room with Reset-MacPolicyOrder {moving[0].VlanId} first.",
                moving[0].VlanId);
        }
    }

    private static void MakeRoom(IPolicyWriter store, Room room)
    {
        foreach (var policy in room.Shifted.Reverse())
        {
            store.UpdatePolicy(policy);
        }
    }

    /// <summary>An order that is free once others have gone up.</summary>
    private sealed record Room(int Order, IReadOnlyList<MacPolicy> Shifted)
    {
        public string Describe() => Shifted.Count == 0 ? string.Empty : $"and those from order {Shifted[0].Order - 1} to {Shifted[^1].Order - 1} one up";
    }
}
