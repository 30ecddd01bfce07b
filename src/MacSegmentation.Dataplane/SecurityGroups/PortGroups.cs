using MacSegmentation.Addressing;

namespace MacSegmentation.SecurityGroups;

/// <summary>What the security groups of one port say. Immutable.</summary>
internal sealed class PortGroups
{
    private readonly RuleList inbound;
    private readonly RuleList outbound;

    /// <summary>Creates what the groups of a port say.</summary>
    /// <param name="number">What the port's flows are known by, from one table to the next; above 0.</param>
    /// <param name="rules">The compiled rules of its groups.</param>
    public PortGroups(uint number, GroupRules rules)
    {
        Number = number;
        RestrictsInbound = true;
        RestrictsOutbound = rules.RestrictsOutbound;
        IsStateful = rules.IsStateful;
        inbound = rules.Inbound;
        outbound = rules.Outbound;
    }

    private PortGroups()
    {
        inbound = RuleList.Empty;
        outbound = RuleList.Empty;
    }

    /// <summary>Of a port without groups, and of an uplink: everything passes.</summary>
    public static PortGroups Unrestricted { get; } = new();

    /// <summary>What the port's flows are known by; 0 for a port without groups.</summary>
    public uint Number { get; }

    /// <summary>True if the port is in a group, and so admits only what a rule admits.</summary>
    public bool RestrictsInbound { get; }

    /// <summary>True if one of its groups has an Outbound rule, and so the port's machine may send only what a rule admits.</summary>
    public bool RestrictsOutbound { get; }

    /// <summary>True if one of its groups is stateful: what the machine sends opens the way for the answer.</summary>
    public bool IsStateful { get; }

    /// <summary>True if the direction passes only what a rule or a flow admits.</summary>
    public bool Restricts(TrafficDirection direction) => direction == TrafficDirection.Inbound ? RestrictsInbound : RestrictsOutbound;

    /// <summary>True if frames of every kind pass in the direction, IP or not.</summary>
    public bool AdmitsAnything(TrafficDirection direction) => !Restricts(direction) || RulesOf(direction).AdmitsAnything;

    /// <summary>What the direction says to a packet. An unrestricted one admits it as the groups are: with its flow if one is stateful.</summary>
    /// <param name="direction">Which way the packet goes.</param>
    /// <param name="protocol">The protocol above IP.</param>
    /// <param name="destinationPort">The destination port of TCP or UDP.</param>
    /// <param name="remote">The address on the other side.</param>
    /// <param name="withoutFlow">True if the packet cannot begin a flow.</param>
    public RuleAdmission Judge(TrafficDirection direction, byte protocol, ushort destinationPort, UInt128 remote, bool withoutFlow)
    {
        if (Restricts(direction))
        {
            return RulesOf(direction).Judge(protocol, destinationPort, remote, withoutFlow);
        }

        return IsStateful && !withoutFlow ? RuleAdmission.Stateful : RuleAdmission.Stateless;
    }

    /// <summary>True if the direction passes a packet of which nothing but addresses and protocol are known.</summary>
    public bool AdmitsLaterFragment(TrafficDirection direction, byte protocol, UInt128 remote) =>
        !Restricts(direction) || RulesOf(direction).AdmitsLaterFragment(protocol, remote);

    private RuleList RulesOf(TrafficDirection direction) => direction == TrafficDirection.Inbound ? inbound : outbound;
}
