using MacSegmentation.Addressing;
using MacSegmentation.Documents;

namespace MacSegmentation.Partitions;

/// <summary>A policy of a partition of the declarative document.</summary>
public sealed record PartitionPolicyConfiguration
{
    /// <summary>The other side.</summary>
    public PartitionPeer Peer { get; init; }

    /// <summary>Which way the flow begins, as the partition's records see it; null for both.</summary>
    public TrafficDirection? Direction { get; init; }

    /// <summary>The EtherType, such as <c>0x88cc</c>, or null for any.</summary>
    public int? EtherType { get; init; }

    /// <summary>The protocol above IP.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Destination ports of TCP or UDP, in any order; none for all.</summary>
    public IReadOnlyList<PortRange> Ports { get; init; } = [];

    /// <summary>What it does.</summary>
    public required PartitionAction Action { get; init; }

    /// <summary>The port that Redirect and Mirror send to.</summary>
    public string? To { get; init; }

    /// <summary>True if it decides nothing.</summary>
    public bool IsStaged { get; init; }

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<PartitionPolicyConfiguration> Document { get; } =
        new DocumentObject<PartitionPolicyConfiguration>("partitionPolicy", "a policy of a partition", new() { Action = PartitionAction.Allow })
            .Optional(
                "peer",
                "The other side: a partition by its name, a VLAN such as vlan:20, or * for anything.",
                new ParsedType<PartitionPeer>(@"^\s*(\*|[vV][lL][aA][nN]:[0-9]{1,4}|[^*?\[\]]+)\s*$"),
                policy => policy.Peer,
                (policy, peer) => policy with { Peer = peer },
                "VlanNotFound",
                "PartitionNotFound")
            .Optional(
                "direction",
                "Which way the flow begins, as the partition's interfaces see it. Without it: both.",
                new ChoiceType<TrafficDirection>("direction"),
                policy => policy.Direction,
                (policy, direction) => policy with { Direction = direction })
            .Optional(
                "etherType",
                "The EtherType behind all tags as a number, such as 35020 (0x88cc). Without it: any.",
                new NumberType(0x0600, 0xFFFF),
                policy => policy.EtherType,
                (policy, type) => policy with { EtherType = type },
                "InvalidEtherType")
            .Optional(
                "protocol",
                "The protocol above IP: Any, Icmp, Tcp, Udp, IcmpV6, or its number.",
                AddressTypes.Protocol,
                policy => policy.Protocol,
                (policy, protocol) => policy with { Protocol = protocol })
            .Optional(
                "ports",
                "Destination ports of Tcp or Udp, such as 80,443,8000-8080. Without it: all.",
                AddressTypes.Ports,
                policy => policy.Ports,
                (policy, ports) => policy with { Ports = ports },
                "PortsNeedTcpOrUdp",
                "InvalidPortRange")
            .Required("action", "What it does.", new ChoiceType<PartitionAction>("action"), policy => policy.Action, (policy, action) => policy with { Action = action })
            .Optional(
                "to",
                "The port that Redirect and Mirror send to: an interface record, or an adapter of the enforcer.",
                new TextType(),
                policy => policy.To,
                (policy, to) => policy with { To = to },
                "RedirectWithoutPort",
                "PortWithoutRedirect")
            .Optional("staged", "Whether it is evaluated and counted, and decides nothing.", FlagType.Instance, policy => policy.IsStaged, (policy, isStaged) => policy with { IsStaged = isStaged });

    /// <summary>The policy as it is asked for.</summary>
    internal PartitionPolicyRequest ToRequest(string partition, int order) => new()
    {
        Partition = partition,
        Peer = Peer,
        Direction = Direction,
        EtherType = EtherType,
        Protocol = Protocol,
        Port = Ports,
        Action = Action,
        To = To,
        Order = order,
        IsStaged = IsStaged,
    };

    /// <summary>What a document says of a store's policy.</summary>
    internal static PartitionPolicyConfiguration Of(MacPartitionPolicy policy) => new()
    {
        Peer = policy.Peer,
        Direction = policy.Direction,
        EtherType = policy.EtherType,
        Protocol = policy.Protocol,
        Ports = policy.Port,
        Action = policy.Action,
        To = policy.To,
        IsStaged = policy.IsStaged,
    };
}
