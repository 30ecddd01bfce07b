namespace MacSegmentation.Flows;

/// <summary>How far a flow has come. It decides how long the flow is remembered without a packet.</summary>
internal enum FlowState : byte
{
    /// <summary>TCP: no answer was seen.</summary>
    TcpOpening,

    /// <summary>TCP: both sides have spoken.</summary>
    TcpEstablished,

    /// <summary>TCP: who began has nothing more to say.</summary>
    TcpHalfClosedByFirst,

    /// <summary>TCP: who answers has nothing more to say.</summary>
    TcpHalfClosedByAnswer,

    /// <summary>TCP: both sides have ended, or one has reset the connection.</summary>
    TcpClosing,

    /// <summary>UDP: no answer was seen.</summary>
    UdpOpening,

    /// <summary>UDP: an answer was seen, and nothing after it: a question and its answer.</summary>
    UdpAnswered,

    /// <summary>UDP: the talk went on after an answer.</summary>
    UdpStream,

    /// <summary>An ICMP echo request with its replies.</summary>
    Echo,

    /// <summary>Another protocol.</summary>
    Other,

    /// <summary>The rules in force no longer admit it. Only a new TCP connection begins it again, or whoever speaks after a long silence of both sides.</summary>
    Withdrawn,

    /// <summary>No flow: a packet whose first fragment was admitted.</summary>
    Fragment,
}
