using MacSegmentation.Addressing;
using MacSegmentation.Reports;

namespace MacSegmentation.Pools;

/// <summary>How full a VLAN's pool is. Size = Used + Free + HeldDown + Reserved + Delegated.</summary>
public sealed record MacPool
{
    /// <summary>What a service tells of it.</summary>
    public static Report<MacPool> Report { get; } = new Report<MacPool>()
        .Number("vlanId", pool => pool.VlanId)
        .Text("name", pool => pool.Name)
        .Number("size", pool => pool.Size)
        .Number("used", pool => pool.Used)
        .Number("free", pool => pool.Free)
        .Number("resting", pool => pool.HeldDown, nameof(HeldDown)) // The name that clients of the service know.
        .Number("reserved", pool => pool.Reserved)
        .Number("delegated", pool => pool.Delegated);

    /// <summary>The VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>The VLAN's name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of addresses in all ranges.</summary>
    public required long Size { get; init; }

    /// <summary>Number of addresses that are given out.</summary>
    public required long Used { get; init; }

    /// <summary>Number of addresses that could be given out now.</summary>
    public required long Free { get; init; }

    /// <summary>Number of released addresses whose reuse delay has not passed.</summary>
    public required long HeldDown { get; init; }

    /// <summary>Number of addresses in reservations that nobody has, whether they were given out before or not.</summary>
    public long Reserved { get; init; }

    /// <summary>Number of addresses in providers' blocks that are not known to be given out.</summary>
    public long Delegated { get; init; }

    /// <summary>Length of the longest run of consecutive free addresses.</summary>
    public required long LargestFreeRun { get; init; }

    /// <summary>Used addresses in per cent of the size, 0 to 100.</summary>
    public double PercentUsed => Size == 0 ? 0 : Math.Round(100.0 * Used / Size, 2);
}
