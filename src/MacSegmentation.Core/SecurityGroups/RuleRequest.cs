using MacSegmentation.Addressing;

namespace MacSegmentation.SecurityGroups;

/// <summary>What a rule of a security group is made from.</summary>
public sealed record RuleRequest
{
    /// <summary>Name of the group.</summary>
    public required string GroupName { get; init; }

    /// <summary>Which way the flow begins.</summary>
    public required TrafficDirection Direction { get; init; }

    /// <summary>The protocol above IP.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Destination ports of TCP or UDP, in any order; none for all.</summary>
    public IReadOnlyList<PortRange> Port { get; init; } = [];

    /// <summary>The other side: an address such as <c>10.0.0.5</c>, a prefix such as <c>10.0.0.0/24</c>, or null.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>Name of the group that stands for its members' addresses on the other side, or null.</summary>
    public string? RemoteGroup { get; init; }
}
