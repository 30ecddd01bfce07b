using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>A policy of the declarative document.</summary>
public sealed record PolicyConfiguration
{
    /// <summary>Place in the VLAN's list, 1 to 2^31 − 1. Null: 10 above the policy before it in the document, 10 for the first.</summary>
    public int? Order { get; init; }

    /// <summary>What the frame's source must match.</summary>
    public required MacPattern Source { get; init; }

    /// <summary>What the frame's destination must match.</summary>
    public required MacPattern Destination { get; init; }

    /// <summary>What happens to a frame that this policy decides.</summary>
    public required PolicyAction Action { get; init; }

    /// <summary>What people say of it; empty if nothing is.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>True if it is kept, and matches nothing.</summary>
    public bool Disabled { get; init; }

    /// <summary>From when on it matches nothing; null if it stays. A time that has passed is taken in: the policy stays in the list, expired.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<PolicyConfiguration> Document { get; } =
        new DocumentObject<PolicyConfiguration>("policy", "a policy", new() { Source = MacPattern.Any, Destination = MacPattern.Any, Action = PolicyAction.Allow })
            .Optional(
                "order",
                "Place in the VLAN's list, unique in the VLAN. Without it: 10 above the policy before it in the document, 10 for the first.",
                new NumberType(1, int.MaxValue),
                policy => policy.Order,
                (policy, order) => policy with { Order = order },
                "InvalidPolicyOrder",
                "PolicyOrderTaken")
            .Required("source", "What the frame's source address must match.", AddressTypes.Pattern, policy => policy.Source, (policy, source) => policy with { Source = source }, "InvalidPolicySource")
            .Required("destination", "What the frame's destination address must match.", AddressTypes.Pattern, policy => policy.Destination, (policy, to) => policy with { Destination = to })
            .Required("action", "What happens to a frame that this policy decides.", VerdictTypes.Action, policy => policy.Action, (policy, action) => policy with { Action = action })
            .Optional(
                "description",
                "What people say of it, such as the number of a change request.",
                new TextType { MaxLength = PolicyList.MaxDescriptionLength },
                policy => policy.Description,
                (policy, description) => policy with { Description = description },
                "InvalidPolicyDescription")
            .Optional("disabled", "Whether it is kept, and matches nothing.", FlagType.Instance, policy => policy.Disabled, (policy, isDisabled) => policy with { Disabled = isDisabled })
            .Optional(
                "expiresAt",
                "From when on it matches nothing, such as 2027-01-31T18:00:00Z. It remains in the list until it is removed; a time that has passed is taken in.",
                TimeType.Instance,
                policy => policy.ExpiresAt,
                (policy, end) => policy with { ExpiresAt = end });

    /// <summary>The policy as a store has it.</summary>
    internal MacPolicy ToPolicy(int vlanId, int order) => new()
    {
        VlanId = vlanId,
        Order = order,
        SourceAddress = Source,
        DestinationAddress = Destination,
        Action = Action,
        Description = Description,
        Disabled = Disabled,
        ExpiresAt = PolicyList.InWholeMicroseconds(ExpiresAt),
    };

    /// <summary>What a document says of a store's policy.</summary>
    internal static PolicyConfiguration Of(MacPolicy policy) => new()
    {
        Order = policy.Order,
        Source = policy.SourceAddress,
        Destination = policy.DestinationAddress,
        Action = policy.Action,
        Description = policy.Description,
        Disabled = policy.Disabled,
        ExpiresAt = policy.ExpiresAt,
    };
}
