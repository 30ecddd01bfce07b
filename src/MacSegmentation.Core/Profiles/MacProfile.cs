using MacSegmentation.Addressing;

namespace MacSegmentation.Profiles;

/// <summary>The network character of a vNIC: what its two directions are like, how its frames are marked, and where its address comes from.</summary>
public sealed record MacProfile
{
    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, at most 256 characters; empty for nothing.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Towards the instance.</summary>
    public LinkProfile Ingress { get; init; } = LinkProfile.None;

    /// <summary>From the instance.</summary>
    public LinkProfile Egress { get; init; } = LinkProfile.None;

    /// <summary>The priority code point of what leaves the instance (IEEE 802.1Q-2022 section 6.9.3), 0 to 7; null to leave it as it is.</summary>
    public int? Priority { get; init; }

    /// <summary>The differentiated services code point of what leaves the instance (RFC 2474), 0 to 63; null to leave it as it is.</summary>
    public int? Dscp { get; init; }

    /// <summary>How frames of different priority share a bandwidth.</summary>
    public SchedulingClass SchedulingClass { get; init; }

    /// <summary>Where an instance's address comes from; null for the pool of its VLAN.</summary>
    public MacRange? AddressRange { get; init; }

    /// <summary>TCP's largest maximum segment size (RFC 9293 section 3.7.1) that is let through, 88 to 65,535 octets; null to leave it as it is.</summary>
    public int? MaxSegmentSize { get; init; }

    /// <summary>TCP's largest window scale (RFC 7323 section 2) that is let through, 0 to 14; null to leave it as it is.</summary>
    public int? MaxWindowScale { get; init; }

    /// <summary>False to take ECN out of what passes (RFC 3168): its code point, and of TCP's first packets its flags; null to leave it as it is.</summary>
    public bool? AllowEcn { get; init; }

    /// <summary>The preset that it was made from; null for none.</summary>
    public string? Preset { get; init; }

    /// <summary>True if every frame passes as it came.</summary>
    public bool IsNothing => Ingress.IsNothing && Egress.IsNothing && Priority is null && Dscp is null && MaxSegmentSize is null && MaxWindowScale is null && AllowEcn is null;
}
