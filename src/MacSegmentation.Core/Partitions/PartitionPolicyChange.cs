using MacSegmentation.Addressing;

namespace MacSegmentation.Partitions;

/// <summary>What to change about a policy of a partition; what is null stays as it is.</summary>
public sealed record PartitionPolicyChange
{
    /// <summary>The other side from now on.</summary>
    public PartitionPeer? Peer { get; init; }

    /// <summary>Which way the flow begins from now on.</summary>
    public TrafficDirection? Direction { get; init; }

    /// <summary>True if it is to hold for both directions.</summary>
    public bool ForBothDirections { get; init; }

    /// <summary>The EtherType from now on.</summary>
    public int? EtherType { get; init; }

    /// <summary>True if it is to hold for any EtherType.</summary>
    public bool ForAnyEtherType { get; init; }

    /// <summary>The protocol above IP from now on.</summary>
    public IpProtocol? Protocol { get; init; }

    /// <summary>All destination ports from now on; an empty list for all there are.</summary>
    public IReadOnlyList<PortRange>? Port { get; init; }

    /// <summary>What it does from now on.</summary>
    public PartitionAction? Action { get; init; }

    /// <summary>The port that it sends to from now on. An action that sends to none forgets the one before.</summary>
    public string? To { get; init; }

    /// <summary>The new place among the partition's policies.</summary>
    public int? Order { get; init; }

    /// <summary>Whether it decides nothing from now on.</summary>
    public bool? IsStaged { get; init; }

    /// <summary>What the policy is to be made from.</summary>
    /// <param name="before">What it was made from.</param>
    public PartitionPolicyRequest ApplyTo(PartitionPolicyRequest before)
    {
        ArgumentNullException.ThrowIfNull(before);
        bool forgetsTarget = Action is PartitionAction.Allow or PartitionAction.Deny or PartitionAction.Drop;
        return before with
        {
            Peer = Peer ?? before.Peer,
            Direction = ForBothDirections ? null : Direction ?? before.Direction,
            EtherType = ForAnyEtherType ? null : EtherType ?? before.EtherType,
            Protocol = Protocol ?? before.Protocol,
            Port = Port ?? before.Port,
            Action = Action ?? before.Action,
            To = To ?? (forgetsTarget ? null : before.To),
            Order = Order ?? before.Order,
            IsStaged = IsStaged ?? before.IsStaged,
        };
    }
}
