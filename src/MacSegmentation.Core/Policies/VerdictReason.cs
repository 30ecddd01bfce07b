namespace MacSegmentation.Policies;

/// <summary>Why a frame was forwarded, denied or dropped. Nothing is ever discarded without one.</summary>
public enum VerdictReason : byte
{
    /// <summary>A policy of the frame's VLAN matched.</summary>
    Policy,

    /// <summary>No policy matched: the VLAN's default action.</summary>
    DefaultAction,

    /// <summary>The frame's VLAN is not in the store.</summary>
    UnknownVlan,

    /// <summary>The frame is too short for its header, tags included.</summary>
    Malformed,

    /// <summary>The frame was captured shorter than it was, and so cannot be sent.</summary>
    Truncated,

    /// <summary>The port that the frame should leave by did not take it.</summary>
    SendFailed,

    /// <summary>The port does not carry the frame's VLAN, or carries it without a tag only.</summary>
    VlanNotAllowed,

    /// <summary>A link-local control frame (01:80:c2:00:00:00 to 0f, IEEE 802.1Q-2022 table 8-1), which a switch keeps to itself.</summary>
    LinkLocalControl,

    /// <summary>The frame's source is a group address, which no station has.</summary>
    GroupAddressAsSource,

    /// <summary>Port security: the source MAC address is neither the interface's nor one of its pairs'.</summary>
    SourceMacNotAllowed,

    /// <summary>Port security: the source IP address does not belong to the source MAC address.</summary>
    SourceIPNotAllowed,

    /// <summary>Port security: the sender in an ARP packet is not one of the interface's addresses.</summary>
    ArpSenderNotAllowed,

    /// <summary>Port security: an address in a neighbour discovery message is not one of the interface's.</summary>
    NeighborDiscoveryNotAllowed,

    /// <summary>Port security: a virtual router's address in a VRRP advertisement is not one of the interface's.</summary>
    VrrpAddressNotAllowed,

    /// <summary>DHCP guard: a DHCP server's message from the port of an instance.</summary>
    DhcpServerNotAllowed,

    /// <summary>Router guard: a router advertisement or redirect from the port of an instance.</summary>
    RouterAdvertisementNotAllowed,

    /// <summary>More ARP packets in a second than the port's limit.</summary>
    ArpRateLimit,

    /// <summary>The address belongs to an interface record that is not behind this port, so this port cannot take it.</summary>
    AddressHeldElsewhere,

    /// <summary>The interface record of the port was removed: nothing passes.</summary>
    InterfaceRemoved,

    /// <summary>The port has learned as many addresses as it may.</summary>
    PortAddressLimit,

    /// <summary>The switch has learned as many addresses as it may.</summary>
    ForwardingTableFull,

    /// <summary>More broadcast and unknown frames in a second than the port's limit.</summary>
    StormLimit,

    /// <summary>The destination is behind the port that the frame came from.</summary>
    SamePort,

    /// <summary>No port is there that the frame could leave by.</summary>
    NoDestination,

    /// <summary>No rule of the security groups admits the frame.</summary>
    SecurityGroup,

    /// <summary>The flow would be admitted, but the table of flows is full.</summary>
    FlowTableFull,

    /// <summary>The packet is too short for its IP or transport header, so nothing can be said about it.</summary>
    TruncatedHeader,

    /// <summary>A fragment of a packet whose first fragment was not admitted, or a form of fragment that attacks use.</summary>
    FragmentNotAllowed,

    /// <summary>The switch answered the request itself.</summary>
    Answered,
}
