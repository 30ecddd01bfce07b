using System.Net.Sockets;
using MacSegmentation.Errors;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>
/// Sends each event to a syslog receiver: a datagram each over UDP (RFC 5426) or a Unix socket, or counted octets over TCP (RFC 6587). Syslog has no acknowledgement: what the system took counts as delivered.
/// </summary>
/// <param name="target">Where: udp://host:514, tcp://host:601 or unix:///dev/log.</param>
internal sealed class SyslogSink(Uri target) : IEventSink
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    private Socket? socket;

    /// <inheritdoc/>
    public string Place => target.OriginalString;

    /// <summary>Reads where.</summary>
    /// <exception cref="MacSegmentationException">InvalidSyslogTarget.</exception>
    public static Uri ReadTarget(string text)
    {
        string known = text is "unix" ? "unix:///dev/log" : text;
        return Uri.TryCreate(known, UriKind.Absolute, out var target)
            && target.UserInfo.Length == 0
            && target.Scheme switch
            {
                "udp" or "tcp" => target.Host.Length > 0 && target.PathAndQuery is "" or "/",
                "unix" => target.Host.Length == 0 && target.AbsolutePath.Length > 1,
                _ => false,
            }
            ? target
            : throw new MacSegmentationException(
                "InvalidSyslogTarget", MacErrorKind.InvalidArgument, $"'{text}' is no syslog receiver. Give udp://host:514, tcp://host:601, or unix:///dev/log.", text);
    }

    /// <inheritdoc/>
    public async Task SendAsync(MacStoreEvent happened, CancellationToken stop)
    {
        byte[] message = SyslogMessage.Write(happened, Environment.MachineName, Environment.ProcessId);
        using var timely = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timely.CancelAfter(Timeout);
        try
        {
            if (socket is { SocketType: SocketType.Stream } open && open.Poll(0, SelectMode.SelectRead) && open.Available == 0)
            {
                // The receiver has closed: what is written now would be lost in silence.
                Close();
            }

            socket ??= await ConnectAsync(timely.Token).ConfigureAwait(false);
            ReadOnlyMemory<byte> rest = socket.SocketType == SocketType.Stream ? SyslogMessage.Count(message) : message;
            while (rest.Length > 0)
            {
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, timely.Token).ConfigureAwait(false)..];
            }
        }
        catch (SocketException error)
        {
            Close();
            throw IEventSink.Failure(Place, error.Message, error);
        }
        catch (OperationCanceledException error) when (!stop.IsCancellationRequested)
        {
            Close();
            throw IEventSink.Failure(Place, $"the receiver took nothing within {Timeout.TotalSeconds:0} s", error);
        }
        catch
        {
            // A message that was sent in part would spoil those behind it.
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private async Task<Socket> ConnectAsync(CancellationToken stop)
    {
        var made = target.Scheme switch
        {
            "unix" => new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified),
            "udp" => new Socket(SocketType.Dgram, ProtocolType.Udp),
            _ => new Socket(SocketType.Stream, ProtocolType.Tcp),
        };
        try
        {
            if (target.Scheme is "unix")
            {
                await made.ConnectAsync(new UnixDomainSocketEndPoint(target.AbsolutePath), stop).ConfigureAwait(false);
            }
            else
            {
                await made.ConnectAsync(target.Host.Trim('[', ']'), target.Port > 0 ? target.Port : target.Scheme is "udp" ? 514 : 601, stop).ConfigureAwait(false);
            }

            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private void Close()
    {
        socket?.Dispose();
        socket = null;
    }
}
