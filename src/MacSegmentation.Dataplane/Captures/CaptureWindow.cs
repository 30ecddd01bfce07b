using MacSegmentation.Errors;

namespace MacSegmentation.Captures;

/// <summary>
/// The part of a capture that is in memory: bytes are read in large blocks and handed out in place, and only what a block's end cuts in two
/// is moved. Works for pipes as well as for files.
/// </summary>
internal sealed class CaptureWindow : IDisposable
{
    /// <summary>Room at the start: large enough that the system calls and the moves of cut records cost next to nothing.</summary>
    private const int InitialCapacity = 1 << 20;

    private readonly FileStream stream;
    private byte[] buffer = new byte[InitialCapacity];
    private int start;
    private int end;
    private bool isExhausted;
    private long bytesRead;

    private CaptureWindow(FileStream stream, string path)
    {
        this.stream = stream;
        Path = path;
        TotalBytes = stream.CanSeek ? stream.Length : 0;
    }

    public string Path { get; }

    /// <summary>The file's length when it was opened, 0 for a pipe.</summary>
    public long TotalBytes { get; }

    /// <summary>Bytes of the file that were taken into memory, from any thread.</summary>
    public long BytesRead => Volatile.Read(ref bytesRead);

    /// <summary>Place in the file of the first byte of <see cref="Available"/>.</summary>
    public long Offset { get; private set; }

    /// <summary>What is in memory and not yet taken.</summary>
    public ReadOnlySpan<byte> Available => buffer.AsSpan(start, end - start);

    public static CaptureWindow Open(string path)
    {
        if (FileFault.OfForeign(path) is { } foreign)
        {
            throw CaptureError.ReadFailed(path, foreign);
        }

        try
        {
            // Directories open or not, with one error or another, as the system likes.
            if (Directory.Exists(path))
            {
                throw CaptureError.IsDirectory(path);
            }

            return new CaptureWindow(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CaptureError.NotFound(path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw CaptureError.AccessDenied(path, error);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw CaptureError.ReadFailed(path, error);
        }
    }

    /// <summary>Gives up the first bytes of <see cref="Available"/>.</summary>
    public void Take(int count)
    {
        start += count;
        Offset += count;
    }

    /// <summary>Reads the next block behind what is available.</summary>
    /// <returns>False if the file has no more.</returns>
    public bool Fill()
    {
        if (isExhausted)
        {
            return false;
        }

        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        int read = Read(buffer.AsSpan(end));
        end += read;
        return read > 0;
    }

    /// <summary>Makes at least that many bytes available.</summary>
    /// <returns>False if the file ends before.</returns>
    public bool Require(int count)
    {
        while (end - start < count)
        {
            if (buffer.Length < count)
            {
                Array.Resize(ref buffer, count);
            }

            if (!Fill())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives up bytes, also such that are not in memory yet.</summary>
    /// <returns>False if the file ends before.</returns>
    public bool Skip(long count)
    {
        while (count > end - start)
        {
            count -= end - start;
            Take(end - start);
            if (!Fill())
            {
                return false;
            }
        }

        Take((int)count);
        return true;
    }

    public void Dispose() => stream.Dispose();

    private int Read(Span<byte> into)
    {
        try
        {
            int read = stream.Read(into);
            isExhausted = read == 0;
            Volatile.Write(ref bytesRead, bytesRead + read);
            return read;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureError.ReadFailed(Path, error);
        }
    }
}
