using MacSegmentation.Addressing;

namespace MacSegmentation.Partitions;

/// <summary>What a policy of a partition is made from.</summary>
public sealed record PartitionPolicyRequest
{
    /// <summary>Name of the partition.</summary>
    public required string Partition { get; init; }

    /// <summary>The other side.</summary>
    public PartitionPeer Peer { get; init; }

    /// <summary>Which way the flow begins, as the partition's records see it; null for both.</summary>
    public TrafficDirection? Direction { get; init; }

    /// <summary>The EtherType, 0x0600 to 0xffff; null for any.</summary>
    public int? EtherType { get; init; }

    /// <summary>The protocol above IP.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Destination ports of TCP or UDP, in any order; none for all.</summary>
    public IReadOnlyList<PortRange> Port { get; init; } = [];

    /// <summary>What it does.</summary>
    public required PartitionAction Action { get; init; }

    /// <summary>The port that Redirect and Mirror send to.</summary>
    public string? To { get; init; }

    /// <summary>Its place among the partition's policies, from 1; null for the last.</summary>
    public int? Order { get; init; }

    /// <summary>True if it is to decide nothing.</summary>
    public bool IsStaged { get; init; }
}
