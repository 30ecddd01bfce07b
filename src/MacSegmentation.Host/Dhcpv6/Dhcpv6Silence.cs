namespace MacSegmentation.Dhcpv6;

/// <summary>Why a datagram is not answered.</summary>
internal enum Dhcpv6Silence
{
    /// <summary>It is cut off, longer than it says, or no message.</summary>
    Malformed,

    /// <summary>Its type is one that servers do not get, or is not known.</summary>
    NotForServers,

    /// <summary>It came by an adapter, or from a relay with a link address, that is not configured.</summary>
    UnknownLink,

    /// <summary>A client sent it to one of this host's addresses, and not to the group (RFC 9915 made the Server Unicast option obsolete).</summary>
    Unicast,

    /// <summary>It went through more relays than there may be.</summary>
    TooManyRelays,

    /// <summary>It has no DUID of the client, or one that is none.</summary>
    NoClientId,

    /// <summary>It is for another server.</summary>
    OtherServer,

    /// <summary>It names a server, or lacks one, where it must not.</summary>
    WrongServerId,

    /// <summary>It asks for no link-layer addresses.</summary>
    NothingAsked,

    /// <summary>It has more associations than are answered in one message.</summary>
    TooManyAssociations,

    /// <summary>Decline is not used for link-layer addresses.</summary>
    DeclineNotUsed,

    /// <summary>Another server may know of what it names, and this one does not.</summary>
    UnknownBinding,

    /// <summary>The link's client does not exist any more, or may not use the VLAN.</summary>
    ClientForbidden,

    /// <summary>The store could not be asked.</summary>
    StoreUnavailable,

    /// <summary>Its link sends more than is taken from one.</summary>
    Busy,

    /// <summary>The answer could not be sent.</summary>
    NotSent,
}
