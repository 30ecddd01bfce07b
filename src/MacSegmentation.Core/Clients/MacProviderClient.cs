using MacSegmentation.Units;

namespace MacSegmentation.Clients;

/// <summary>A program that may ask the provider service. It shows a bearer token (RFC 6750), of which only a digest is kept.</summary>
public sealed record MacProviderClient
{
    /// <summary>The record's number in its store.</summary>
    public long ClientId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 digest of its token, 32 octets.</summary>
    public required IReadOnlyList<byte> TokenDigest { get; init => field = TextList.Of<byte>(value); }

    /// <summary>The VLANs that it may use, ascending; none for all.</summary>
    public IReadOnlyList<int> VlanId { get; init => field = TextList.Of<int>(value); } = TextList.Of<int>([]);

    /// <summary>When its token was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>True if it may use the VLAN.</summary>
    /// <param name="vlanId">The VLAN.</param>
    public bool MayUse(int vlanId) => VlanId.Count == 0 || VlanId.Contains(vlanId);
}
