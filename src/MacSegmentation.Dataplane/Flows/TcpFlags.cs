namespace MacSegmentation.Flows;

/// <summary>The control bits of a TCP header that a flow's state goes by (RFC 9293 section 3.1).</summary>
internal static class TcpFlags
{
    public const byte Finish = 0x01;
    public const byte Synchronize = 0x02;
    public const byte Reset = 0x04;
    public const byte Acknowledge = 0x10;

    /// <summary>True for the first packet of a connection: SYN without ACK.</summary>
    public static bool IsOpening(byte flags) => (flags & (Synchronize | Reset | Acknowledge)) == Synchronize;
}
