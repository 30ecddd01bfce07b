namespace MacSegmentation.Ports;

/// <summary>A source whose frames one thread can wait for together with those of others. On Linux.</summary>
internal interface IPolledSource : IFrameSource
{
    /// <summary>What poll(2) waits for; −1 while the adapter is down or gone.</summary>
    int Descriptor { get; }

    /// <summary>How fast frames came when it was last read.</summary>
    ArrivalPace Pace { get; }

    /// <summary>As <see cref="IFrameSource.Receive"/>, without waiting for a frame.</summary>
    /// <param name="handler">Who takes the frames.</param>
    SourceState Poll(IFrameHandler handler);
}
