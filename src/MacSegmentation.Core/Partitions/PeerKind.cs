namespace MacSegmentation.Partitions;

/// <summary>What a policy names on the other side, the most specific first.</summary>
public enum PeerKind
{
    /// <summary>A partition's records.</summary>
    Partition,

    /// <summary>All of a VLAN.</summary>
    Vlan,

    /// <summary>Anything.</summary>
    Any,
}
