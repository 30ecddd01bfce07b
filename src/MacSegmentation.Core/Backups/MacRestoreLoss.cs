using MacSegmentation.Addressing;

namespace MacSegmentation.Backups;

/// <summary>What a store knows to be in use and a backup does not: after a restore it counts as free, and would be given out once more.</summary>
public sealed record MacRestoreLoss
{
    /// <summary>What it is.</summary>
    public required RestoreLossKind Kind { get; init; }

    /// <summary>The VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>The address, or the first of a block.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>The last address of a block; the address itself otherwise.</summary>
    public required MacAddress LastAddress { get; init; }

    /// <summary>Who has it: the instance; the provider of a block.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The handle that owns the address; empty if none does.</summary>
    public string Handle { get; init; } = string.Empty;

    /// <summary>When it was given out.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>It in a few words, such as <c>02:00:00:00:00:07 of 'vm-1' in VLAN 10</c>.</summary>
    public override string ToString() => Kind switch
    {
        RestoreLossKind.Allocation => $"{MacAddress} of '{InstanceId}' in VLAN {VlanId}",
        RestoreLossKind.Handle => $"{MacAddress} of the handle '{Handle}' in VLAN {VlanId}",
        _ => $"the block {MacAddress}-{LastAddress} of the provider '{InstanceId}' in VLAN {VlanId}",
    };
}
