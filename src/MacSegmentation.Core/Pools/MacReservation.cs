using MacSegmentation.Addressing;

namespace MacSegmentation.Pools;

/// <summary>
/// Addresses of a VLAN's pool that are neither given out nor counted as free: nobody gets one by the pool's choice, by a handle, by a provider's block or by a profile's range. An address
/// that was given out before stays with who has it.
/// </summary>
public sealed record MacReservation
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>The addresses. Reservations share none.</summary>
    public required MacRange Range { get; init; }

    /// <summary>What they are kept for, at most 256 characters.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Number of its addresses.</summary>
    public long Size => Range.Count;

    /// <summary>The reservation as people know it, such as <c>02:00:5e:00:00:00-02:00:5e:00:00:0f ('switches')</c>.</summary>
    public override string ToString() => Description.Length > 0 ? $"{Range} ('{Description}')" : $"{Range}";
}
