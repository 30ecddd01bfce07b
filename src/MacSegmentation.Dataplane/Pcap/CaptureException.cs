namespace MacSegmentation.Pcap;

/// <summary>What the packet capture library answered when it was asked to list or to open.</summary>
public sealed class CaptureException : Exception
{
    /// <summary>Takes down an answer.</summary>
    /// <param name="status">One of pcap's PCAP_ERROR codes; PCAP_ERROR (-1) if it gave no other.</param>
    /// <param name="text">The library's words, without the adapter's name before them.</param>
    /// <param name="cause">What the layer threw, if it did.</param>
    public CaptureException(int status, string text, Exception? cause = null)
        : base(text, cause) => Status = status;

    /// <summary>One of pcap's PCAP_ERROR codes, negative.</summary>
    public int Status { get; }
}
