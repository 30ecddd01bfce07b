using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Units;

namespace MacSegmentation.SecurityGroups;

/// <summary>A rule of a security group: flows that its members admit. All that a rule names must match.</summary>
public sealed record MacSecurityGroupRule
{
    /// <summary>Running number, which the rule keeps for its life.</summary>
    public long RuleId { get; init; }

    /// <summary>Name of the group.</summary>
    public required string GroupName { get; init; }

    /// <summary>Which way the flow begins.</summary>
    public required TrafficDirection Direction { get; init; }

    /// <summary>The protocol above IP.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Destination ports of TCP or UDP, ascending and apart; none for all.</summary>
    public IReadOnlyList<PortRange> Port { get; init => field = TextList.Of<PortRange>(value); } = TextList.Of<PortRange>([]);

    /// <summary>The other side's addresses, or null.</summary>
    public IPNetwork? RemoteAddress { get; init; }

    /// <summary>
    /// Name of the group that stands for the fixed addresses and the address pairs of its members on the other side, or null. Never
    /// together with <see cref="RemoteAddress"/>.
    /// </summary>
    public string? RemoteGroup { get; init; }

    /// <summary>The rule as one line, such as <c>Inbound Tcp 80,443 from clients</c>.</summary>
    public override string ToString()
    {
        string ports = Port.Count == 0 ? string.Empty : $" {string.Join(',', Port)}";
        string remote = RemoteAddress?.ToString() ?? RemoteGroup ?? "anywhere";
        return $"{Direction} {Protocol}{ports} {(Direction == TrafficDirection.Inbound ? "from" : "to")} {remote}";
    }
}
