using MacSegmentation.Ports;

namespace MacSegmentation.Captures;

/// <summary>Reads the records of a capture; one class for each format.</summary>
internal abstract class CaptureReader(CaptureWindow window)
{
    private const int MagicLength = 4;

    /// <summary>How the frames are to be written so that nothing of them is lost.</summary>
    public abstract CaptureFormat Format { get; }

    protected CaptureWindow Window { get; } = window;

    /// <summary>Recognises the format by the file's first bytes, and reads all that comes before the first frame.</summary>
    public static CaptureReader For(CaptureWindow window)
    {
        if (!window.Require(MagicLength))
        {
            throw window.Available.IsEmpty
                ? CaptureError.Empty(window.Path)
                : CaptureError.NotRecognized(window.Path, $"it has {window.Available.Length} bytes only");
        }

        if (CaptureFormat.TryRecognise(window.Available, out bool isBigEndian, out bool isNanosecond))
        {
            return PcapReader.Open(window, isBigEndian, isNanosecond);
        }

        return PcapNgReader.IsRecognised(window.Available)
            ? PcapNgReader.Open(window)
            : throw CaptureError.NotRecognized(window.Path, "its first four bytes are those of another format");
    }

    /// <summary>Hands over the frames that are in memory, after reading a block if none is there as a whole.</summary>
    /// <returns>False if the file has no more.</returns>
    public abstract bool ReadBatch(IFrameHandler handler);

    /// <summary>Sees to it that a record is in memory as a whole.</summary>
    /// <returns>False if the file ended cleanly before it.</returns>
    protected bool RequireRecord(int length)
    {
        if (Window.Require(length))
        {
            return true;
        }

        return Window.Available.IsEmpty ? false : throw CaptureError.Truncated(Window.Path, Window.Offset);
    }
}
