using MacSegmentation.Addressing;

namespace MacSegmentation.Blocks;

/// <summary>A range of a VLAN's addresses that only one provider gives out.</summary>
public sealed record MacBlock
{
    /// <summary>The block's number, the same in the shared store and in the provider's.</summary>
    public long BlockId { get; init; }

    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>The addresses.</summary>
    public required MacRange Range { get; init; }

    /// <summary>
    /// Raised when the block is closed without its provider's word. What a provider does in the name of a lower epoch is refused, so one that was thought dead
    /// cannot give out what is another's by now (a fencing token).
    /// </summary>
    public long Epoch { get; init; } = 1;

    /// <summary>How far it is the provider's.</summary>
    public BlockState State { get; init; }

    /// <summary>When it was granted.</summary>
    public DateTimeOffset GrantedAt { get; init; }

    /// <summary>Number of its addresses.</summary>
    public long Size => Range.Count;

    /// <summary>Number of its addresses that the store knows to be given out, as <see cref="BlockCatalog"/> counts them; 0 in what a store itself answers.</summary>
    public long Used { get; init; }
}
