using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;

namespace MacSegmentation.SecurityGroups;

/// <summary>A rule of a security group of the declarative document.</summary>
public sealed record SecurityGroupRuleConfiguration
{
    /// <summary>Which way the flow begins.</summary>
    public required TrafficDirection Direction { get; init; }

    /// <summary>The protocol above IP.</summary>
    public required IpProtocol Protocol { get; init; }

    /// <summary>Destination ports of TCP or UDP, in any order; none for all.</summary>
    public IReadOnlyList<PortRange> Ports { get; init; } = [];

    /// <summary>The other side: an address such as <c>10.0.0.5</c>, a prefix such as <c>10.0.0.0/24</c>, or null.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>Name of the group that stands for its members' addresses on the other side, or null.</summary>
    public string? RemoteGroup { get; init; }

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<SecurityGroupRuleConfiguration> Document { get; } =
        new DocumentObject<SecurityGroupRuleConfiguration>("securityGroupRule", "a security group rule", new() { Direction = TrafficDirection.Inbound, Protocol = IpProtocol.Any })
            .Required(
                "direction",
                "Which way the flow begins, as a member sees it.",
                new ChoiceType<TrafficDirection>("direction"),
                rule => rule.Direction,
                (rule, direction) => rule with { Direction = direction })
            .Required(
                "protocol",
                "The protocol above IP: Any, Icmp, Tcp, Udp, IcmpV6, or its number.",
                AddressTypes.Protocol,
                rule => rule.Protocol,
                (rule, protocol) => rule with { Protocol = protocol },
                "ProtocolFamilyMismatch")
            .Optional(
                "ports",
                "Destination ports of Tcp or Udp, such as 80,443,8000-8080. Without it: all.",
                AddressTypes.Ports,
                rule => rule.Ports,
                (rule, ports) => rule with { Ports = ports },
                "PortsNeedTcpOrUdp",
                "InvalidPortRange")
            .Optional(
                "remoteAddress",
                "The other side: an address such as 10.0.0.5 or a prefix such as 10.0.0.0/24. Never together with remoteGroup.",
                AddressTypes.AddressOrPrefix,
                rule => rule.RemoteAddress,
                (rule, address) => rule with { RemoteAddress = address },
                "InvalidRemoteAddress")
            .Optional(
                "remoteGroup",
                "The other side: the security group whose members' addresses, fixed ones and those of their pairs, it stands for.",
                RecordName.Type,
                rule => rule.RemoteGroup,
                (rule, group) => rule with { RemoteGroup = group },
                "RemoteTwice",
                "InvalidSecurityGroupName",
                "SecurityGroupNotFound");

    /// <summary>The rule as it is asked for.</summary>
    internal RuleRequest ToRequest(string groupName) => new()
    {
        GroupName = groupName,
        Direction = Direction,
        Protocol = Protocol,
        Port = Ports,
        RemoteAddress = RemoteAddress,
        RemoteGroup = RemoteGroup,
    };

    /// <summary>What a document says of a store's rule.</summary>
    internal static SecurityGroupRuleConfiguration Of(MacSecurityGroupRule rule) => new()
    {
        Direction = rule.Direction,
        Protocol = rule.Protocol,
        Ports = rule.Port,
        RemoteAddress = rule.RemoteAddress?.ToString(),
        RemoteGroup = rule.RemoteGroup,
    };
}
