using MacSegmentation.Frames;

namespace MacSegmentation.Ports;

/// <summary>The sending side of a port. One thread writes a sink.</summary>
public interface IFrameSink : IDisposable
{
    /// <summary>The interface or file.</summary>
    string Name { get; }

    /// <summary>Takes a copy of a frame to be sent at the latest by <see cref="Flush"/>.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>False if the frame was not taken and will not be sent: the caller counts it.</returns>
    bool Send(in Frame frame);

    /// <summary>Sends what was taken.</summary>
    /// <returns>Number of frames taken before that turned out not to be sendable: the caller moves them from sent to discarded.</returns>
    int Flush();
}
