namespace MacSegmentation.PortSecurity;

/// <summary>How much of an IP packet is sent.</summary>
internal enum SentPart
{
    Whole,
    FirstFragment,
    LaterFragment,

    /// <summary>A first fragment with four octets of the upper layer.</summary>
    TinyFragment,

    /// <summary>The frame ends within the IP header.</summary>
    CutHeader,
}
