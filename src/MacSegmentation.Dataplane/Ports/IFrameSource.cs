namespace MacSegmentation.Ports;

/// <summary>The receiving side of a port. One thread reads a source.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>The adapter or file.</summary>
    string Name { get; }

    /// <summary>
    /// Waits for frames and hands over a batch of them in place. Returns also without frames after a short while or when
    /// <see cref="Interrupt"/> was called, so that the reader can look around.
    /// </summary>
    /// <param name="handler">Who takes the frames.</param>
    SourceState Receive(IFrameHandler handler);

    /// <summary>Wakes a reader that waits in <see cref="Receive"/>, from any thread. Stays in force: no later call waits.</summary>
    void Interrupt();

    /// <summary>Frames that the system took off the wire for this source but dropped before it could read them; 0 for a file.</summary>
    long ReadLostFrames();
}
