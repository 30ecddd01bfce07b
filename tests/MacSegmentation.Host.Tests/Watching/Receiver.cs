using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace MacSegmentation.Watching;

/// <summary>A receiver of webhooks that answers as a test wants: with a status, or never (0).</summary>
internal sealed class Receiver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener listener;
    private readonly Channel<ReceivedEvent> received = Channel.CreateUnbounded<ReceivedEvent>();
    private readonly CancellationTokenSource ending = new();

    public Receiver(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/alerts";

    /// <summary>The status of the next answers; 0 to hang.</summary>
    public volatile int Status = 204;

    /// <summary>The next request, whatever it was answered.</summary>
    public async Task<ReceivedEvent> NextAsync()
    {
        using var timely = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timely.CancelAfter(Patience);
        return await received.Reader.ReadAsync(timely.Token);
    }

    public void Dispose()
    {
        ending.Cancel();
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(ending.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = connection.GetStream();
            while (await ReadAsync(stream) is { } request)
            {
                int status = Status;
                await received.Writer.WriteAsync(request with { Answer = status }, ending.Token);
                if (status == 0)
                {
                    // Until the sender gives up.
                    _ = await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, ending.Token);
                    return;
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n"), ending.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The sender has gone, or the test has ended.
        }
    }

    private async Task<ReceivedEvent?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        byte[] one = new byte[1];
        while (!Encoding.ASCII.GetString([.. head.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, ending.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var headers = Encoding.ASCII.GetString([.. head]).Split("\r\n").Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal))
            .ToDictionary(line => line.Split(':')[0], line => line.Split(':', 2)[1].Trim(), StringComparer.OrdinalIgnoreCase);
        byte[] body = new byte[int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, ending.Token);
        return new ReceivedEvent(headers, body, Answer: 0);
    }
}
