namespace MacSegmentation.Dhcpv6;

/// <summary>The types of DHCPv6 messages (RFC 9915 section 7.3), by their numbers on the wire.</summary>
public enum Dhcpv6MessageType
{
    /// <summary>No message.</summary>
    None = 0,

    /// <summary>A client looks for servers.</summary>
    Solicit = 1,

    /// <summary>A server says what it would give.</summary>
    Advertise = 2,

    /// <summary>A client asks one server.</summary>
    Request = 3,

    /// <summary>A client that may have moved asks whether what it has is right for the link.</summary>
    Confirm = 4,

    /// <summary>A client asks the server that gave it to extend what it has.</summary>
    Renew = 5,

    /// <summary>A client asks any server to extend what it has.</summary>
    Rebind = 6,

    /// <summary>A server answers.</summary>
    Reply = 7,

    /// <summary>A client gives up what it has.</summary>
    Release = 8,

    /// <summary>A client found an address in use; not used for link-layer addresses.</summary>
    Decline = 9,

    /// <summary>A server asks a client to ask again; not used here.</summary>
    Reconfigure = 10,

    /// <summary>A client asks for configuration without addresses.</summary>
    InformationRequest = 11,

    /// <summary>A relay passes a message on to servers.</summary>
    RelayForward = 12,

    /// <summary>A server answers through a relay.</summary>
    RelayReply = 13,
}
