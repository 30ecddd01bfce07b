using MacSegmentation.Frames;

namespace MacSegmentation.Ports;

/// <summary>The sending side of a port, with its egress queue. It never waits for the link: what finds no room is not taken.</summary>
public interface IFrameSink : IDisposable
{
    /// <summary>The adapter or file.</summary>
    string Name { get; }

    /// <summary>True while frames wait for the link to take them. They leave by later calls of <see cref="Flush"/>.</summary>
    bool HasBacklog => false;

    /// <summary>Takes a copy of a frame into the queue.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>False if the frame was not taken and will not be sent: the caller counts it.</returns>
    bool Send(in Frame frame);

    /// <summary>Sends what the link takes now.</summary>
    /// <returns>Number of frames taken before that turned out not to be sendable: the caller moves them from sent to discarded.</returns>
    int Flush();
}
