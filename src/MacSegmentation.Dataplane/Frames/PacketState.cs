namespace MacSegmentation.Frames;

/// <summary>How much of a packet's headers could be read.</summary>
public enum PacketState : byte
{
    /// <summary>All that <see cref="PacketHeader"/> tells is there.</summary>
    Complete,

    /// <summary>The network header is cut or contradicts itself: nothing above it is known.</summary>
    TruncatedNetwork,

    /// <summary>
    /// The transport header is not wholly in the packet, or a later fragment would overwrite it: ports, flags and ICMP type are not to be
    /// relied on and are 0 (RFC 1858, RFC 3128, RFC 7112).
    /// </summary>
    TruncatedTransport,
}
