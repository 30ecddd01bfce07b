using MacSegmentation.Addressing;
using MacSegmentation.Units;

namespace MacSegmentation.Partitions;

/// <summary>A policy in the merged list of two records, and whether it decides anything there.</summary>
public sealed record MacResolvedPolicy
{
    /// <summary>Its place in the merged list, from 1: the first that matches a packet decides.</summary>
    public required int Rank { get; init; }

    /// <summary>The policy's number; 0 for the VLAN's default action, which stands last.</summary>
    public long PolicyId { get; init; }

    /// <summary>Its partition, or null for the VLAN's default action.</summary>
    public string? Partition { get; init; }

    /// <summary>Its partition's priority.</summary>
    public int Priority { get; init; }

    /// <summary>Which way the flow begins, as the partition's records see it; null for both.</summary>
    public TrafficDirection? Direction { get; init; }

    /// <summary>The other side.</summary>
    public PartitionPeer Peer { get; init; }

    /// <summary>The EtherType, or null for any.</summary>
    public int? EtherType { get; init; }

    /// <summary>The protocol above IP.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Destination ports; none for all.</summary>
    public IReadOnlyList<PortRange> Port { get; init => field = TextList.Of<PortRange>(value); } = TextList.Of<PortRange>([]);

    /// <summary>What it does.</summary>
    public required PartitionAction Action { get; init; }

    /// <summary>The port that Redirect and Mirror send to.</summary>
    public string? To { get; init; }

    /// <summary>True if it decides over at least one packet between the two.</summary>
    public required bool IsDeciding { get; init; }

    /// <summary>Why it decides, or the policy before it and why that comes first.</summary>
    public required string Reason { get; init; }
}
