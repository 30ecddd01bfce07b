namespace MacSegmentation.Pcap;

/// <summary>An open adapter. It lives as long as somebody holds it: one that nobody holds may close its handle at any time.</summary>
public interface IOpenCapture : IDisposable
{
    /// <summary>The pcap_t, activated; 0 once it is closed.</summary>
    nint Handle { get; }

    /// <summary>What it carries, as a DLT number of pcap.</summary>
    int LinkType { get; }

    /// <summary>True if the fraction of a frame's time is in nanoseconds, false if it is in microseconds.</summary>
    bool IsInNanoseconds { get; }
}
