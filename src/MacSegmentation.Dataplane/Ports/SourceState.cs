namespace MacSegmentation.Ports;

/// <summary>How a source stands after a batch.</summary>
public enum SourceState
{
    /// <summary>More frames may come.</summary>
    Open,

    /// <summary>The adapter is down or gone. The source comes back by itself: later calls wait for it.</summary>
    Down,

    /// <summary>No frame will come any more.</summary>
    Ended,
}
