using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <summary>The rules for a VLAN's ordered list of policies. Every method either throws before its first write or succeeds.</summary>
public static partial class PolicyList
{
    /// <summary>Most characters of a description.</summary>
    internal const int MaxDescriptionLength = 256;

    /// <summary>Distance of a policy that goes last from the one before it: room to place others between them.</summary>
    private const int Step = 10;

    /// <summary>Adds a policy.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="source">What the source must match.</param>
    /// <param name="destination">What the destination must match.</param>
    /// <param name="action">What happens to a frame that matches.</param>
    /// <param name="order">Its place, 1 to 2^31 − 1, or null to go last.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidVlanId, VlanNotFound, InvalidPolicySource, PolicyExists, InvalidPolicyOrder, PolicyOrderTaken, PolicyListFull.
    /// </exception>
    public static MacPolicy Add(
        IPolicyWriter store, int vlanId, MacPattern source, MacPattern destination, PolicyAction action, int? order = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        VlanCatalog.Get(store, vlanId);
        return AddAt(
            store,
            new MacPolicy
            {
                VlanId = vlanId,
                Order = order ?? OrderAfter(vlanId, store.FindLastOrder(vlanId) ?? 0),
                SourceAddress = source,
                DestinationAddress = destination,
                Action = action,
            });
    }

    /// <summary>Adds a policy with all that is said of it.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policy">The policy; its order holds only if no place is given.</param>
    /// <param name="place">Where it goes; null for the policy's order, or if that is 0, last.</param>
    /// <returns>The policy as it is now, and those that made room for it.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidVlanId, VlanNotFound, InvalidPolicySource, InvalidPolicyDescription, PolicyExpiryPassed, PolicyExists, PolicyNotFound, InvalidPolicyOrder, PolicyOrderTaken, PolicyListFull.
    /// </exception>
    public static PlacedPolicy Add(IPolicyWriter store, MacPolicy policy, PolicyPlace? place = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(policy);
        VlanCatalog.Get(store, policy.VlanId);
        RequireFuture(store, policy.ExpiresAt);
        policy = policy with { ExpiresAt = InWholeMicroseconds(policy.ExpiresAt) };
        if (place is null)
        {
            return new PlacedPolicy(AddAt(store, policy.Order == 0 ? policy with { Order = OrderAfter(policy.VlanId, store.FindLastOrder(policy.VlanId) ?? 0) } : policy), []);
        }

        ValidateContent(store, policy);
        var room = FindRoom(store, policy.VlanId, place, moving: null);
        MakeRoom(store, room);
        policy = store.InsertPolicy(policy with { Order = room.Order });
        store.AppendAudit(new AuditEntry(AuditAction.AddPolicy, policy.VlanId, policy.ToString(), room.Describe()));
        return new PlacedPolicy(policy, room.Shifted);
    }

    /// <summary>Adds a policy at its order, also one that has expired already, as a document may hold it.</summary>
    internal static MacPolicy AddAt(IPolicyWriter store, MacPolicy policy)
    {
        Validate(store, policy);
        policy = store.InsertPolicy(policy);
        store.AppendAudit(new AuditEntry(AuditAction.AddPolicy, policy.VlanId, policy.ToString()));
        return policy;
    }

    /// <summary>Changes a policy.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policyId">The policy.</param>
    /// <param name="change">What to change.</param>
    /// <returns>The policy as it is now.</returns>
    /// <exception cref="MacSegmentationException">
    /// PolicyNotFound, InvalidPolicySource, InvalidPolicyDescription, PolicyExpiryPassed, PolicyExists, InvalidPolicyOrder, PolicyOrderTaken.
    /// </exception>
    public static MacPolicy Change(IPolicyWriter store, long policyId, PolicyChange change)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        var before = Get(store, policyId);
        var after = before with
        {
            Order = change.Order ?? before.Order,
            SourceAddress = change.SourceAddress ?? before.SourceAddress,
            DestinationAddress = change.DestinationAddress ?? before.DestinationAddress,
            Action = change.Action ?? before.Action,
            Description = change.Description ?? before.Description,
            Disabled = change.Disabled ?? before.Disabled,
            ExpiresAt = change.NeverExpires ? null : InWholeMicroseconds(change.ExpiresAt) ?? before.ExpiresAt,
        };
        if (after.ExpiresAt != before.ExpiresAt)
        {
            RequireFuture(store, after.ExpiresAt);
        }

        if (after == before)
        {
            return before;
        }

        Validate(store, after);
        store.UpdatePolicy(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangePolicy, after.VlanId, before.ToString(), $"now {after}"));
        return after;
    }

    /// <summary>Removes a policy.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policyId">The policy.</param>
    /// <returns>The policy as it was.</returns>
    /// <exception cref="MacSegmentationException">PolicyNotFound.</exception>
    public static MacPolicy Remove(IPolicyWriter store, long policyId)
    {
        ArgumentNullException.ThrowIfNull(store);
        var policy = Get(store, policyId);
        store.DeletePolicy(policy);
        store.AppendAudit(new AuditEntry(AuditAction.RemovePolicy, policy.VlanId, policy.ToString()));
        return policy;
    }

    /// <summary>The policy.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="policyId">Its id.</param>
    /// <exception cref="MacSegmentationException">PolicyNotFound.</exception>
    public static MacPolicy Get(IPolicyReader store, long policyId)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindPolicy(policyId) ?? throw new MacSegmentationException(
            "PolicyNotFound", MacErrorKind.NotFound, $"Policy {policyId} does not exist. List the policies with Get-MacPolicy.", policyId);
    }

    /// <summary>The policy at a place of a VLAN's list.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="order">The place.</param>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound, PolicyNotFound.</exception>
    public static MacPolicy GetByOrder(IPolicyReader store, int vlanId, int order)
    {
        ArgumentNullException.ThrowIfNull(store);
        VlanCatalog.Get(store, vlanId);
        return store.FindPolicyByOrder(vlanId, order) ?? throw new MacSegmentationException(
            "PolicyNotFound", MacErrorKind.NotFound, $"VLAN {vlanId} has no policy with order {order}. List its policies with Get-MacPolicy {vlanId}.", order);
    }

    /// <summary>A time as a store keeps it: whoever reads a policy back finds the same.</summary>
    internal static DateTimeOffset? InWholeMicroseconds(DateTimeOffset? time) =>
        time is { } given ? new DateTimeOffset(given.UtcTicks - (given.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero) : null;

    private static void RequireFuture(IPolicyReader store, DateTimeOffset? expiry)
    {
        if (expiry <= store.Now)
        {
            throw new MacSegmentationException(
                "PolicyExpiryPassed",
                MacErrorKind.InvalidArgument,
                $"{expiry:u} has passed already (it is {store.Now:u}), so the policy would never match. Give a time in the future, or none for a policy that stays.",
                expiry);
        }
    }

    private static void Validate(IPolicyReader store, MacPolicy policy)
    {
        if (policy.Order < 1)
        {
            throw new MacSegmentationException(
                "InvalidPolicyOrder",
                MacErrorKind.InvalidArgument,
                $"{policy.Order} is not an order. Give a number from 1 to {int.MaxValue}, or none to go last.",
                policy.Order);
        }

        ValidateContent(store, policy);
        if (store.FindPolicyByOrder(policy.VlanId, policy.Order) is { } taken && taken.PolicyId != policy.PolicyId)
        {
            throw new MacSegmentationException(
                "PolicyOrderTaken",
                MacErrorKind.AlreadyExists,
                $"Order {policy.Order} of VLAN {policy.VlanId} is taken by {taken.SourceAddress} -> {taken.DestinationAddress} {taken.Action}. Give another order, -Before {policy.Order} or -After {policy.Order}, or none to go last.",
                policy.Order);
        }
    }

    /// <summary>All but its place. What is disabled or has expired is the same policy still: it can be had back, and a second one would hide that.</summary>
    private static void ValidateContent(IPolicyReader store, MacPolicy policy)
    {
        if (policy.Description.Length > MaxDescriptionLength || policy.Description.Any(char.IsControl))
        {
            throw new MacSegmentationException(
                "InvalidPolicyDescription",
                MacErrorKind.InvalidArgument,
                $"A policy's description has at most {MaxDescriptionLength} characters and no control characters; this one has {policy.Description.Length}. Give a shorter, plain text, such as the number of the change.",
                policy.Description);
        }

        if (policy.SourceAddress.IsGroup)
        {
            throw new MacSegmentationException(
                "InvalidPolicySource",
                MacErrorKind.InvalidArgument,
                $"No frame comes from a group address, so a policy with the source {policy.SourceAddress} would never decide. Give it as the destination, or another source.",
                policy.SourceAddress);
        }

        if (store.FindSamePolicy(policy.VlanId, policy.SourceAddress, policy.DestinationAddress, policy.Action) is { } same
            && same.PolicyId != policy.PolicyId)
        {
            throw new MacSegmentationException(
                "PolicyExists",
                MacErrorKind.AlreadyExists,
                $"VLAN {policy.VlanId} has this policy already, with order {same.Order}{StateOf(store, same)}",
                policy);
        }
    }

    private static string StateOf(IPolicyReader store, MacPolicy same) => same switch
    {
        { Disabled: true } => $", disabled. Enable it with Set-MacPolicy -PolicyId {same.PolicyId} -Disabled:$false.",
        _ when same.IsExpiredAt(store.Now) => $", expired {same.ExpiresAt:u}. Put it in force again with Set-MacPolicy -PolicyId {same.PolicyId} -NoExpiry, or -ExpiresAt.",
        _ => ". Move it with Move-MacPolicy, or leave it.",
    };

    /// <summary>The order of a policy that goes after another one, with room between the two while there is any.</summary>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="order">The order of the one before, or 0 if there is none.</param>
    /// <exception cref="MacSegmentationException">PolicyListFull.</exception>
    internal static int OrderAfter(int vlanId, int order)
    {
        if (order <= int.MaxValue - Step)
        {
            return order + Step;
        }

        return order < int.MaxValue
            ? order + 1
            : throw new MacSegmentationException(
                "PolicyListFull",
                MacErrorKind.Exhausted,
                $"The last policy of VLAN {vlanId} has the highest possible order, {int.MaxValue}. Give an order below it, or move that policy with Set-MacPolicy.",
                vlanId);
    }
}
