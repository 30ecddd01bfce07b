namespace MacSegmentation.SecurityGroups;

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
    /// It begins a flow. In TCP that is any packet but a reset, so that connections live on when the switch starts anew.
    /// </summary>
    Flow,
}
