namespace MacSegmentation.Pcap;

/// <summary>How an adapter is opened. As it stands, as lightly as can be: what is enough to see whether it opens.</summary>
public sealed record CaptureOptions
{
    /// <summary>Octets of a frame that are handed over.</summary>
    public int SnapLength { get; init; } = 65_535;

    /// <summary>How long the library may keep frames back to hand over more at once, in milliseconds.</summary>
    public int WaitMilliseconds { get; init; } = 100;

    /// <summary>Octets of memory for frames that have arrived and wait to be read; null for the library's own measure.</summary>
    public int? RingSize { get; init; }

    /// <summary>Frames to other addresses than the adapter's own are handed over too.</summary>
    public bool IsPromiscuous { get; init; }

    /// <summary>Frames are handed over at once.</summary>
    public bool IsImmediate { get; init; }

    /// <summary>Times are wanted in nanoseconds; <see cref="IOpenCapture.IsInNanoseconds"/> says whether they are.</summary>
    public bool InNanoseconds { get; init; }

    /// <summary>Asking for frames never waits.</summary>
    public bool IsNonBlocking { get; init; }

    /// <summary>What the handle itself sends is left out. Npcap only: it takes pcap_open, which other libraries lack.</summary>
    public bool LeavesOutOwnSends { get; init; }

    /// <summary>A filter in pcap's language, or null.</summary>
    public string? Filter { get; init; }
}
