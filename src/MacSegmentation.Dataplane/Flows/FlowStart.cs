namespace MacSegmentation.Flows;

/// <summary>What a packet can do that belongs to no flow.</summary>
internal enum FlowStart : byte
{
    /// <summary>
    /// Nothing: a TCP reset, an ICMP echo reply, an ICMP error. It passes as part of a flow, or by the rule of a stateless group.
    /// </summary>
    Never,

    /// <summary>It is judged for itself and is remembered by nobody: ICMP other than echo and errors.</summary>
    Alone,

    /// <summary>
    /// It goes on with a TCP connection that the other end has begun, by its flags or its ports. It begins the flow again, from that end, if the
    /// rules admit what that end began; so connections live on when the switch starts anew, and those that were withdrawn do not.
    /// </summary>
    Answer,

    /// <summary>It begins a flow. In TCP that may be in the midst of a connection, which lives on when the switch starts anew.</summary>
    Flow,
}
