using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace MacSegmentation.Provision;

/// <summary>What was asked, by whom, and what came of it: a line of JSON for each request, written behind the answers. What the disk does not take in time is left out, and counted.</summary>
internal sealed class AccessLog : IAsyncDisposable
{
    private const int MostWaiting = 10_000;

    private readonly Channel<string> lines;
    private readonly TextWriter output;
    private readonly bool isOwn;
    private readonly Task writing;
    private long left;

    private AccessLog(TextWriter output, bool isOwn)
    {
        this.output = output;
        this.isOwn = isOwn;
        lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }, _ => Interlocked.Increment(ref left));
        writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Begins to write.</summary>
    /// <param name="path">A file, which is appended to; a dash for the terminal.</param>
    /// <param name="terminal">The terminal's output.</param>
    /// <exception cref="Errors.MacSegmentationException">AccessLogUnwritable.</exception>
    public static AccessLog Open(string path, TextWriter terminal)
    {
        if (path is "-")
        {
            return new AccessLog(TextWriter.Synchronized(terminal), isOwn: false);
        }

        try
        {
            return new AccessLog(new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)), isOwn: true);
        }
        catch (Exception error) when (Errors.FileFault.IsOfFile(error))
        {
            var fault = Errors.FileFault.Of(path, error);
            throw new Errors.MacSegmentationException("AccessLogUnwritable", fault.Kind, $"The access log '{path}' cannot be written: {fault.Reason}. {fault.WayOut}", path, error);
        }
    }

    /// <summary>Notes a request.</summary>
    /// <param name="request">What was asked, and what came of it.</param>
    public void Note(AccessRecord request)
    {
        using var text = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(text, ServiceJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("event"u8, "access"u8);
            json.WriteString("time"u8, request.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("requestId"u8, request.RequestId);
            json.WriteString("client"u8, request.Client);
            json.WriteString("from"u8, request.From);
            json.WriteString("method"u8, request.Method);
            json.WriteString("path"u8, request.Path);
            json.WriteNumber("status"u8, request.Status);
            json.WriteString("errorId"u8, request.ErrorId);
            json.WriteNumber("durationMs"u8, Math.Round(request.Duration.TotalMilliseconds, 3));
            json.WriteEndObject();
        }

        lines.Writer.TryWrite(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

    /// <summary>Ends after what was noted is written.</summary>
    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await writing;
        if (isOwn)
        {
            await output.DisposeAsync();
        }
    }

    private async Task WriteAllAsync()
    {
        while (await lines.Reader.WaitToReadAsync())
        {
            try
            {
                while (lines.Reader.TryRead(out string? line))
                {
                    await output.WriteLineAsync(line);
                }

                if (Interlocked.Exchange(ref left, 0) is > 0 and var count)
                {
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"event\":\"accessLeftOut\",\"count\":{count}}}"));
                }

                await output.FlushAsync();
            }
            catch (IOException)
            {
                // The disk is full, or whoever read has gone: devices are answered all the same, and what is lost is counted.
                Interlocked.Increment(ref left);
            }
        }
    }
}
