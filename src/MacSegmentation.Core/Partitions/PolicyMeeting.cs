namespace MacSegmentation.Partitions;

/// <summary>Whether two policies can hold for the same two records: as policies of one end, or of both.</summary>
internal static class PolicyMeeting
{
    /// <summary>True if they can, by the records that there are. Only policies of equal kinds of peers and directions are asked about.</summary>
    public static bool CanMeet(IPartitionReader store, IReadOnlyList<MacPartition> partitions, MacPartitionPolicy one, MacPartitionPolicy other)
    {
        bool Meet(string left, string right) => PartitionCatalog.AreSame(left, right) || PartitionCatalog.HaveCommonMember(store, Get(left), Get(right));
        MacPartition Get(string name) => partitions.Single(partition => PartitionCatalog.AreSame(partition.Name, name));
        bool Has(PartitionPeer peer, string partition) => peer.PartitionName is not { } name || Meet(name, partition);

        bool isOneEnd = one.Direction is null || other.Direction is null || one.Direction == other.Direction;
        bool isBothEnds = one.Direction is null || other.Direction is null || one.Direction != other.Direction;
        bool isOneVlan = one.Peer.Kind != PeerKind.Vlan || one.Peer.VlanId == other.Peer.VlanId;
        return isOneVlan
            && ((isOneEnd && Meet(one.Partition, other.Partition) && (one.Peer.PartitionName is null || other.Peer.PartitionName is null || Meet(one.Peer.PartitionName, other.Peer.PartitionName)))
                || (isBothEnds && Has(one.Peer, other.Partition) && Has(other.Peer, one.Partition)));
    }
}
