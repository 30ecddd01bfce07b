using MacSegmentation.Frames;

namespace MacSegmentation.Flows;

/// <summary>How a flow begins, goes on with each packet, and how long each state lasts without one. Times are in nanoseconds.</summary>
/// <remarks>
/// The minimums of RFC 4787, 5382 and 5508 are made for address translators, where a flow that is forgotten is lost. Here the next packet of
/// its first direction begins it again as long as a rule admits it, so only those times follow them that a silent but living connection needs;
/// the others are shorter, because what they hold is a place in a bounded table.
/// </remarks>
internal static class FlowProgress
{
    /// <summary>TCP before an answer: 60 s, the retransmissions of the first seconds (RFC 5382 REQ-5 would have 4 minutes).</summary>
    public const long TcpOpening = 60 * Second;

    /// <summary>TCP with or without one side closed: 2 hours and 4 minutes, just above the usual keep-alive interval (RFC 5382 REQ-5).</summary>
    public const long TcpEstablished = 7440 * Second;

    /// <summary>TCP after both sides' end or a reset: 10 s, for what is still on its way.</summary>
    public const long TcpClosing = 10 * Second;

    /// <summary>
    /// UDP up to the first answer and behind it: 60 s. RFC 4787 REQ-5 would have 2 minutes; but most are a single question and answer, with
    /// which a busy resolver would fill the table.
    /// </summary>
    public const long UdpShort = 60 * Second;

    /// <summary>UDP that went on after an answer: 300 s, what RFC 4787 REQ-5 recommends.</summary>
    public const long UdpStream = 300 * Second;

    /// <summary>ICMP echo: 60 s, the minimum of RFC 5508 REQ-2.</summary>
    public const long Echo = 60 * Second;

    /// <summary>Other protocols (tunnels, routing): 600 s, Linux' generic time. No standard names one.</summary>
    public const long Other = 600 * Second;

    /// <summary>
    /// Without a rule: 600 s. As long as any flow but TCP's lives without a packet, so that to withdraw one never makes it be forgotten sooner, and above the
    /// longest interval between TCP's retransmissions (Linux: 120 s). Each packet of either side renews it.
    /// </summary>
    public const long Withdrawn = Other;

    /// <summary>A fragmented packet: 30 s, in which Linux gives up to reassemble it (RFC 8200 section 4.5 allows 60 s).</summary>
    public const long Fragment = 30 * Second;

    private const long Second = 1_000_000_000;

    /// <summary>By <see cref="FlowState"/>.</summary>
    private static readonly long[] Timeouts =
    [
        TcpOpening,
        TcpEstablished,
        TcpEstablished,
        TcpEstablished,
        TcpClosing,
        UdpShort,
        UdpShort,
        UdpStream,
        Echo,
        Other,
        Withdrawn,
        Fragment,
    ];

    /// <summary>The state of a flow that begins.</summary>
    /// <param name="protocol">Its protocol.</param>
    /// <param name="isEcho">True if it is an ICMP echo.</param>
    public static FlowState Begin(byte protocol, bool isEcho) => protocol switch
    {
        ProtocolNumbers.Tcp => FlowState.TcpOpening,
        ProtocolNumbers.Udp => FlowState.UdpOpening,
        _ => isEcho ? FlowState.Echo : FlowState.Other,
    };

    /// <summary>The state of a flow after one more packet.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="isAnswer">True if the packet goes against the direction in which the flow began.</param>
    /// <param name="tcpFlags">The packet's TCP flags.</param>
    public static FlowState Next(FlowState state, bool isAnswer, byte tcpFlags) => state switch
    {
        <= FlowState.TcpClosing => NextOfTcp(state, isAnswer, tcpFlags),
        FlowState.UdpOpening when isAnswer => FlowState.UdpAnswered,
        FlowState.UdpAnswered when !isAnswer => FlowState.UdpStream,
        _ => state,
    };

    /// <summary>How long a flow in a state is remembered without a packet.</summary>
    public static long Timeout(FlowState state) => Timeouts[(int)state];

    private static FlowState NextOfTcp(FlowState state, bool isAnswer, byte tcpFlags)
    {
        if ((tcpFlags & TcpFlags.Reset) != 0)
        {
            return FlowState.TcpClosing;
        }

        if (TcpFlags.IsOpening(tcpFlags) && !isAnswer && state == FlowState.TcpClosing)
        {
            // The same ports again, for a new connection.
            return FlowState.TcpOpening;
        }

        bool isEnd = (tcpFlags & TcpFlags.Finish) != 0;
        return state switch
        {
            FlowState.TcpOpening when !isAnswer => isEnd ? FlowState.TcpClosing : state,
            FlowState.TcpOpening or FlowState.TcpEstablished when isEnd => isAnswer ? FlowState.TcpHalfClosedByAnswer : FlowState.TcpHalfClosedByFirst,
            FlowState.TcpOpening => FlowState.TcpEstablished,
            FlowState.TcpHalfClosedByFirst when isEnd && isAnswer => FlowState.TcpClosing,
            FlowState.TcpHalfClosedByAnswer when isEnd && !isAnswer => FlowState.TcpClosing,
            _ => state,
        };
    }
}
