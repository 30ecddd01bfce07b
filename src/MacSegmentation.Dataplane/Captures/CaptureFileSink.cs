using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Captures;

/// <summary>A capture file as a port that frames go to: pcapng if its name ends in .pcapng, else pcap.</summary>
public sealed class CaptureFileSink : IFrameSink
{
    private const int Capacity = 1 << 20;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const uint NanosecondsPerMicrosecond = 1_000;

    private readonly FileStream stream;
    private readonly bool isSwapped;
    private readonly bool isNanosecond;
    private readonly bool isPcapNg;
    private byte[] buffer = new byte[Capacity];
    private int used;

    private CaptureFileSink(FileStream stream, string path, CaptureFormat format)
    {
        this.stream = stream;
        Name = path;
        Format = format;
        isSwapped = format.IsSwapped;
        isNanosecond = format.IsNanosecond;
        isPcapNg = path.EndsWith(PcapNgFormat.Extension, StringComparison.OrdinalIgnoreCase);
        if (isPcapNg)
        {
            PcapNgFormat.WriteHeader(buffer, format);
            used = PcapNgFormat.HeaderLength;
        }
        else
        {
            format.Write(buffer);
            used = CaptureFormat.HeaderLength;
        }
    }

    /// <summary>The file's path as it was given.</summary>
    public string Name { get; }

    /// <summary>How the file is written.</summary>
    public CaptureFormat Format { get; }

    /// <summary>Creates the file, or empties the one that is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written; for what a source reads, that source's format.</param>
    /// <param name="mayReplace">False to leave a file alone that exists.</param>
    /// <exception cref="MacSegmentationException">
    /// DestinationExists, DestinationIsDirectory, DestinationFolderNotFound, DestinationAccessDenied, DestinationInUse, CaptureWriteFailed.
    /// </exception>
    public static CaptureFileSink Create(string path, CaptureFormat format, bool mayReplace = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var sink = new CaptureFileSink(OpenStream(path, mayReplace), path, format);
        try
        {
            // The header goes out at once: a full disk is told of before the first frame is read.
            sink.WriteOut();
            return sink;
        }
        catch
        {
            sink.stream.Dispose();
            throw;
        }
    }

    /// <summary>Takes a copy of a frame, with its time, all bytes that were captured of it, and its original length.</summary>
    /// <param name="frame">The frame; its time from 1970 on, in a pcap file to 2106.</param>
    /// <returns>True: a file takes every frame, or fails as a whole.</returns>
    /// <exception cref="MacSegmentationException">CaptureWriteFailed, CaptureTimeNotInPcap.</exception>
    public bool Send(in Frame frame) => ((IFrameSink)this).Send(frame);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool IFrameSink.Send(in Frame frame)
    {
        if (isPcapNg)
        {
            return SendAsPcapNg(frame);
        }

        var bytes = frame.Bytes;
        int length = RecordHeader.Length + bytes.Length;
        if (buffer.Length - used < length)
        {
            MakeRoom(length);
        }

        (ulong seconds, ulong rest) = Math.DivRem((ulong)frame.Timestamp, (ulong)NanosecondsPerSecond);
        if (seconds > uint.MaxValue)
        {
            throw CaptureError.TimeNotInPcap(Name, frame.Timestamp);
        }

        uint fraction = isNanosecond ? (uint)rest : (uint)rest / NanosecondsPerMicrosecond;
        var record = buffer.AsSpan(used, length);
        RecordHeader.Write(record, (uint)seconds, fraction, (uint)bytes.Length, (uint)frame.OriginalLength, isSwapped);
        bytes.CopyTo(record[RecordHeader.Length..]);
        used += length;
        return true;
    }

    private bool SendAsPcapNg(in Frame frame)
    {
        int length = PcapNgFormat.LengthOf(frame.Bytes.Length);
        if (buffer.Length - used < length)
        {
            MakeRoom(length);
        }

        PcapNgFormat.Write(buffer.AsSpan(used, length), frame, Format.IsBigEndian);
        used += length;
        return true;
    }

    /// <summary>Hands what was taken to the system.</summary>
    /// <returns>0: a file takes every frame, or fails as a whole.</returns>
    /// <exception cref="MacSegmentationException">CaptureWriteFailed.</exception>
    public int Flush()
    {
        WriteOut();
        return 0;
    }

    /// <summary>Closes the file; what was not flushed is lost.</summary>
    public void Dispose() => stream.Dispose();

    private static FileStream OpenStream(string path, bool mayReplace)
    {
        if (FileFault.OfForeign(path) is { } foreign)
        {
            throw CaptureError.WriteFailed(path, foreign);
        }

        try
        {
            if (Directory.Exists(path))
            {
                throw CaptureError.DestinationIsDirectory(path);
            }

            // Nothing is taken away before the file is ours: it may be the very one that is being read, under another name. A device is nobody's.
            var stream = new FileStream(
                path, mayReplace ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.Write, FileFault.IsDevice(path) ? FileShare.ReadWrite : FileShare.None, bufferSize: 0);
            if (stream.CanSeek && stream.Length > 0)
            {
                stream.SetLength(0);
            }

            return stream;
        }
        catch (IOException error) when (!mayReplace && Path.Exists(path))
        {
            throw CaptureError.DestinationExists(path, error);
        }
        catch (DirectoryNotFoundException error)
        {
            throw CaptureError.DestinationFolderNotFound(path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw CaptureError.DestinationAccessDenied(path, error);
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            var fault = FileFault.Of(path, error);
            throw fault.Kind is MacErrorKind.InUse ? CaptureError.DestinationInUse(path, error) : CaptureError.WriteFailed(path, fault, error);
        }
    }

    private void MakeRoom(int length)
    {
        WriteOut();
        if (buffer.Length < length)
        {
            buffer = new byte[length];
        }
    }

    private void WriteOut()
    {
        try
        {
            stream.Write(buffer.AsSpan(0, used));
            used = 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureError.WriteFailed(Name, error);
        }
    }
}
