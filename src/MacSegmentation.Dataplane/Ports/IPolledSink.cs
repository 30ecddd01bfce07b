namespace MacSegmentation.Ports;

/// <summary>A sink that never blocks and says what its backlog waits for. On Linux.</summary>
internal interface IPolledSink : IFrameSink
{
    /// <summary>What poll(2) waits for until the backlog can leave; −1 if there is none, or nothing tells and it has to be tried again soon.</summary>
    int BlockedDescriptor { get; }
}
