namespace MacSegmentation.Profiles;

/// <summary>How a file records what a link was like over time.</summary>
public enum TraceFormat
{
    /// <summary>Packet deliveries as of Mahimahi (Netravali et al., USENIX ATC 2015): each line is a millisecond at which one packet of 1,504 octets may leave.</summary>
    Mahimahi,

    /// <summary>Rows of time, rate, delay and loss, by the names in the first line.</summary>
    Csv,
}
