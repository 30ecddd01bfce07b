namespace MacSegmentation.Policies;

/// <summary>Reasons in words.</summary>
public static class VerdictReasons
{
    /// <summary>The reason as part of a sentence, without a capital and a full stop.</summary>
    /// <param name="reason">The reason.</param>
    public static string Describe(this VerdictReason reason) => reason switch
    {
        VerdictReason.Policy => "policy",
        VerdictReason.DefaultAction => "default action of the VLAN",
        VerdictReason.UnknownVlan => "VLAN not in the store",
        VerdictReason.Malformed => "too short for its header",
        VerdictReason.Truncated => "captured shorter than it was",
        VerdictReason.SendFailed => "the port did not take it",
        VerdictReason.VlanNotAllowed => "the port does not carry the VLAN so",
        VerdictReason.LinkLocalControl => "link-local control frame",
        VerdictReason.GroupAddressAsSource => "group address as source",
        VerdictReason.SourceMacNotAllowed => "port security: source MAC address",
        VerdictReason.SourceIPNotAllowed => "port security: source IP address",
        VerdictReason.ArpSenderNotAllowed => "port security: ARP sender",
        VerdictReason.NeighborDiscoveryNotAllowed => "port security: neighbour discovery",
        VerdictReason.VrrpAddressNotAllowed => "port security: VRRP address",
        VerdictReason.DhcpServerNotAllowed => "DHCP guard",
        VerdictReason.RouterAdvertisementNotAllowed => "router guard",
        VerdictReason.ArpRateLimit => "ARP rate limit of the port",
        VerdictReason.AddressHeldElsewhere => "address of an interface that is not behind the port",
        VerdictReason.InterfaceRemoved => "the port's interface record was removed",
        VerdictReason.PortAddressLimit => "address limit of the port",
        VerdictReason.ForwardingTableFull => "address limit of the switch",
        VerdictReason.StormLimit => "storm limit of the port",
        VerdictReason.SamePort => "destination behind the port that it came from",
        VerdictReason.NoDestination => "no port to leave by",
        VerdictReason.SecurityGroup => "no rule of the security groups",
        VerdictReason.FlowTableFull => "table of flows full",
        VerdictReason.TruncatedHeader => "too short for its IP or transport header",
        VerdictReason.FragmentNotAllowed => "fragment of a packet that was not admitted",
        VerdictReason.Answered => "answered by the switch",
        _ => reason.ToString(),
    };
}
