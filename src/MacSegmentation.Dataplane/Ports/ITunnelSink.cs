namespace MacSegmentation.Ports;

/// <summary>A sink that wraps frames for one or several remotes.</summary>
internal interface ITunnelSink : IFrameSink
{
    /// <summary>Longest frame in octets that it sends, as it leaves, without the frame check sequence. It follows the adapter's MTU.</summary>
    int MaxFrameLength { get; }

    /// <summary>Copies of frames for several remotes that did not reach one of them, so far.</summary>
    long CopiesNotSent { get; }
}
