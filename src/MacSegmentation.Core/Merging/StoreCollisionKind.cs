namespace MacSegmentation.Merging;

/// <summary>In what two stores collide.</summary>
public enum StoreCollisionKind
{
    /// <summary>An address is given out by both, to different owners or in different VLANs; or by one past its pools, and it is in a pool of the other.</summary>
    Address,

    /// <summary>A handle has, or had last, a different address in each.</summary>
    HandleAddress,

    /// <summary>A handle is known to both, with the same address.</summary>
    SharedHandle,

    /// <summary>Addresses are in a pool of both.</summary>
    PoolRange,

    /// <summary>The MAC address of an interface record of one is in a record, an allocation or a pool of the other.</summary>
    InterfaceAddress,

    /// <summary>A VLAN is defined differently.</summary>
    Vlan,

    /// <summary>The policies of a VLAN differ.</summary>
    Policies,

    /// <summary>An interface record of this name is in both.</summary>
    Interface,

    /// <summary>A security group of this name is in both.</summary>
    SecurityGroup,

    /// <summary>A provider of this name is in both.</summary>
    Provider,

    /// <summary>A client of the provider service of this name is in both.</summary>
    ProviderClient,

    /// <summary>A partition of this name is in both.</summary>
    Partition,

    /// <summary>A partition of this number, which stands for it in packets, is in both.</summary>
    PartitionNumber,

    /// <summary>A security trigger of this name is in both.</summary>
    SecurityTrigger,

    /// <summary>A vNIC profile of this name is in both.</summary>
    Profile,

    /// <summary>A session of this name is in both.</summary>
    Session,
}
