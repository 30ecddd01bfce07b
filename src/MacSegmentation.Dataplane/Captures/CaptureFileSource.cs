using MacSegmentation.Ports;

namespace MacSegmentation.Captures;

/// <summary>A capture file as a port that frames come from: pcap or pcapng, without libpcap.</summary>
public sealed class CaptureFileSource : IFrameSource
{
    private readonly CaptureWindow window;
    private readonly CaptureReader reader;
    private volatile bool isInterrupted;

    private CaptureFileSource(CaptureWindow window, CaptureReader reader)
    {
        this.window = window;
        this.reader = reader;
    }

    /// <summary>The file's path as it was given.</summary>
    public string Name => window.Path;

    /// <summary>How the frames are to be written so that nothing of them is lost.</summary>
    public CaptureFormat Format => reader.Format;

    /// <summary>Bytes of the file that were read so far; may be asked from any thread.</summary>
    public long BytesRead => window.BytesRead;

    /// <summary>The file's length in bytes when it was opened, 0 if it has none (a pipe).</summary>
    public long TotalBytes => window.TotalBytes;

    /// <summary>Opens a capture and reads all that comes before its first frame.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Errors.MacSegmentationException">
    /// CaptureNotFound, CaptureIsDirectory, CaptureAccessDenied, CaptureReadFailed; CaptureEmpty, CaptureNotRecognized, CaptureNotEthernet;
    /// CaptureTruncated or CaptureDamaged before the first frame.
    /// </exception>
    public static CaptureFileSource Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var window = CaptureWindow.Open(path);
        try
        {
            return new CaptureFileSource(window, CaptureReader.For(window));
        }
        catch
        {
            window.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="Errors.MacSegmentationException">CaptureTruncated or CaptureDamaged, after all frames before the place; CaptureReadFailed.</exception>
    public SourceState Receive(IFrameHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return !isInterrupted && reader.ReadBatch(handler) ? SourceState.Open : SourceState.Ended;
    }

    /// <summary>Lets the file end after the batch that is being read.</summary>
    public void Interrupt() => isInterrupted = true;

    /// <inheritdoc/>
    public long ReadLostFrames() => 0;

    /// <inheritdoc/>
    public void Dispose() => window.Dispose();
}
