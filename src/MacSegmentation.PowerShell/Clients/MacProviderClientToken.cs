using MacSegmentation.Units;

namespace MacSegmentation.Clients;

/// <summary>A new client of the provider service with its token, of which the store keeps only a digest.</summary>
public sealed record MacProviderClientToken
{
    /// <summary>The client's name.</summary>
    public required string Name { get; init; }

    /// <summary>The VLANs that it may use, ascending; none for all.</summary>
    public required IReadOnlyList<int> VlanId { get; init => field = TextList.Of<int>(value); }

    /// <summary>When its token was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it shows to the service.</summary>
    public required string Token { get; init; }
}
