using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Partitions;

/// <summary>The other side of a partition's policy: a partition by its name, a VLAN (<c>vlan:20</c>), or anything (<c>*</c>).</summary>
public readonly record struct PartitionPeer : IParsable<PartitionPeer>
{
    /// <summary>What a VLAN is written with.</summary>
    public const string VlanPrefix = "vlan:";

    private readonly string? name;

    private PartitionPeer(string? name, int vlanId)
    {
        this.name = name;
        VlanId = vlanId;
    }

    /// <summary>Anything: the default.</summary>
    public static PartitionPeer Any => default;

    /// <summary>The VLAN, 1 to 4094, or 0 if it is none.</summary>
    public int VlanId { get; }

    /// <summary>The partition's name, or null if it is none.</summary>
    public string? PartitionName => name;

    /// <summary>What it is.</summary>
    public PeerKind Kind => name is not null ? PeerKind.Partition : VlanId > 0 ? PeerKind.Vlan : PeerKind.Any;

    /// <summary>A partition's records.</summary>
    /// <param name="name">The partition.</param>
    public static PartitionPeer OfPartition(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new PartitionPeer(name, 0);
    }

    /// <summary>All of a VLAN.</summary>
    /// <param name="vlanId">1 to 4094.</param>
    public static PartitionPeer OfVlan(int vlanId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vlanId, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vlanId, 4094);
        return new PartitionPeer(null, vlanId);
    }

    /// <summary>Reads one.</summary>
    /// <param name="s">A partition's name, <c>vlan:20</c>, or <c>*</c>.</param>
    /// <param name="provider">Not used.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static PartitionPeer Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var peer)
        ? peer
        : throw new FormatException($"'{s}' is no peer. Give a partition's name, a VLAN such as vlan:20, or * for anything.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PartitionPeer result)
    {
        string text = (s ?? string.Empty).Trim();
        result = default;
        if (text.StartsWith(VlanPrefix, StringComparison.OrdinalIgnoreCase))
        {
            bool isVlan = int.TryParse(text.AsSpan(VlanPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int vlanId) && vlanId is > 0 and < 4095;
            result = isVlan ? new PartitionPeer(null, vlanId) : default;
            return isVlan;
        }

        result = text is "*" or "" ? Any : new PartitionPeer(text, 0);
        return text.Length > 0;
    }

    /// <summary>The name, the VLAN or <c>*</c>, as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Kind switch
    {
        PeerKind.Partition => name!,
        PeerKind.Vlan => string.Create(CultureInfo.InvariantCulture, $"{VlanPrefix}{VlanId}"),
        _ => "*",
    };
}
