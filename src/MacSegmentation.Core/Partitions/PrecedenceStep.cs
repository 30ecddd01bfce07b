namespace MacSegmentation.Partitions;

/// <summary>The steps by which one policy comes before another, in their sequence.</summary>
public enum PrecedenceStep
{
    /// <summary>The greater priority of the partition.</summary>
    Priority,

    /// <summary>The more specific peer: a partition, a VLAN, anything.</summary>
    Peer,

    /// <summary>A protocol before any.</summary>
    Protocol,

    /// <summary>The fewer destination ports.</summary>
    Ports,

    /// <summary>An EtherType before any.</summary>
    EtherType,

    /// <summary>One direction before both.</summary>
    Direction,

    /// <summary>The stricter action: Drop, Deny, Redirect, Allow.</summary>
    Action,

    /// <summary>The partition's name, ordinal. What is decided here or below is a tie to people.</summary>
    PartitionName,

    /// <summary>The place in the partition.</summary>
    Order,
}
