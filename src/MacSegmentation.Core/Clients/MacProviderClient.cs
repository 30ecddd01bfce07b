using MacSegmentation.Handles;
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

    /// <summary>What it may do.</summary>
    public ClientScopes Scope { get; init; } = ClientScopes.Request | ClientScopes.Read;

    /// <summary>The group with which it shares the handles that it registers; empty for none.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>The most addresses that it, or its group, may hold; 0 for any number.</summary>
    public long Quota { get; init; }

    /// <summary>When its token ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The digest of the token that it had before; empty if none is taken any more.</summary>
    public IReadOnlyList<byte> FormerDigest { get; init => field = TextList.Of<byte>(value); } = TextList.Of<byte>([]);

    /// <summary>Until when the token that it had before is taken beside the present one; null if it is not.</summary>
    public DateTimeOffset? FormerUntil { get; init; }

    /// <summary>On whose behalf it asks about handles.</summary>
    public HandleParty ToParty() => new() { Client = Name, Group = Group, Quota = Quota };

    /// <summary>When its token was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>True if it may use the VLAN.</summary>
    /// <param name="vlanId">The VLAN.</param>
    public bool MayUse(int vlanId) => VlanId.Count == 0 || VlanId.Contains(vlanId);

    /// <summary>True if it may do something.</summary>
    /// <param name="scope">What; one of several will do.</param>
    public bool Allows(ClientScopes scope) => (Scope & scope) != ClientScopes.None;
}
