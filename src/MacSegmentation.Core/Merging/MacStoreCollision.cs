namespace MacSegmentation.Merging;

/// <summary>Something that two stores both have, and that one store could not have from both.</summary>
public sealed record MacStoreCollision
{
    /// <summary>In what they collide.</summary>
    public required StoreCollisionKind Kind { get; init; }

    /// <summary>The VLAN, in the first store; 0 for what belongs to none.</summary>
    public required int VlanId { get; init; }

    /// <summary>The address, range, handle, VLAN or name.</summary>
    public required string Subject { get; init; }

    /// <summary>What the first store has.</summary>
    public required string Here { get; init; }

    /// <summary>What the second store has.</summary>
    public required string There { get; init; }
}
