using System.Collections.Frozen;
using MacSegmentation.Addressing;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>A store's partitions, prepared to say which ones records are in and which policies hold between two of them. Immutable.</summary>
public sealed class PartitionIndex
{
    private readonly MacPartition[] partitions;
    private readonly PolicyPrecedence precedence;
    private readonly FrozenDictionary<string, RankedPolicy[]> policies;
    private readonly PatternIndex patterns;

    /// <summary>Prepares partitions.</summary>
    /// <param name="partitions">The partitions with their policies.</param>
    /// <param name="resolution">What counts first where several policies match.</param>
    public PartitionIndex(IEnumerable<MacPartition> partitions, ConflictResolution resolution)
    {
        this.partitions = [.. partitions];
        precedence = new PolicyPrecedence(resolution);
        patterns = new PatternIndex(this.partitions);
        policies = this.partitions.ToFrozenDictionary(
            partition => partition.Name,
            partition => partition.Policy.Select(policy => new RankedPolicy(policy, partition.Priority, partition.IsStaged || policy.IsStaged)).ToArray(),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The order of policies.</summary>
    public PolicyPrecedence Precedence => precedence;

    /// <summary>The partitions, in the sequence given.</summary>
    public IReadOnlyList<MacPartition> Partitions => partitions;

    /// <summary>Places of the partitions that a record with these tags is in, ascending.</summary>
    /// <param name="tags">The record's tags.</param>
    public IReadOnlyList<int> Find(IReadOnlyList<MacTag> tags) => patterns.Find(tags);

    /// <summary>The policies that hold for what goes from a record to another one, the deciding first: those of the source's partitions for what they send, and of the destination's for what they receive.</summary>
    /// <param name="from">Places of the source's partitions.</param>
    /// <param name="to">Places of the destination's partitions.</param>
    /// <param name="vlanId">The frame's VLAN.</param>
    public IReadOnlyList<RankedPolicy> Merge(IReadOnlyList<int> from, IReadOnlyList<int> to, int vlanId)
    {
        var merged = new List<RankedPolicy>();
        Add(merged, from, to, TrafficDirection.Outbound, vlanId);
        Add(merged, to, from, TrafficDirection.Inbound, vlanId);
        RankedPolicy[] sorted = [.. merged.DistinctBy(ranked => ranked.Policy.PolicyId)];
        Array.Sort(sorted, precedence.Compare);
        return sorted;
    }

    /// <summary>All policies of some partitions, whatever their peers, in the sequence in which they decide.</summary>
    /// <param name="places">Places of the partitions.</param>
    public IReadOnlyList<RankedPolicy> List(IReadOnlyList<int> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        RankedPolicy[] sorted = [.. places.SelectMany(place => policies[partitions[place].Name])];
        Array.Sort(sorted, precedence.Compare);
        return sorted;
    }

    private void Add(List<RankedPolicy> to, IReadOnlyList<int> own, IReadOnlyList<int> others, TrafficDirection direction, int vlanId)
    {
        foreach (int place in own)
        {
            foreach (var ranked in policies[partitions[place].Name])
            {
                if ((ranked.Policy.Direction is null || ranked.Policy.Direction == direction) && IsPeer(ranked.Policy.Peer, others, vlanId))
                {
                    to.Add(ranked);
                }
            }
        }
    }

    private bool IsPeer(PartitionPeer peer, IReadOnlyList<int> others, int vlanId) => peer.Kind switch
    {
        PeerKind.Partition => others.Any(place => PartitionCatalog.AreSame(partitions[place].Name, peer.PartitionName)),
        PeerKind.Vlan => peer.VlanId == vlanId,
        _ => true,
    };
}
