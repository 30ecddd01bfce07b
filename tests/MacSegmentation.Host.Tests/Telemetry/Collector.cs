using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MacSegmentation.Telemetry;

/// <summary>A collector that takes OTLP over HTTP (POST, application/x-protobuf), and answers as a test wants.</summary>
internal sealed class Collector : IDisposable
{
    private readonly TcpListener listener;
    private readonly List<OtlpMessage> messages = [];

    /// <summary>Begins to listen at a port.</summary>
    public Collector(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        new Thread(Serve) { IsBackground = true, Name = "collector" }.Start();
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The status with which it answers; 0 to take the request and never answer.</summary>
    public volatile int Status = 200;

    /// <summary>The path of the last request.</summary>
    public volatile string Path = string.Empty;

    /// <summary>The header of the last request.</summary>
    public volatile string Header = string.Empty;

    /// <summary>What came, oldest first.</summary>
    public IReadOnlyList<OtlpMessage> Messages
    {
        get
        {
            lock (messages)
            {
                return [.. messages];
            }
        }
    }

    public void Dispose() => listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                var client = listener.AcceptTcpClient();
                new Thread(() => Answer(client)) { IsBackground = true, Name = "collector's client" }.Start();
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
        catch (ObjectDisposedException)
        {
            // As above.
        }
    }

    private void Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var stream = client.GetStream();
                while (ReadHeader(stream) is { Length: > 0 } header)
                {
                    int length = int.Parse(header.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))[15..], System.Globalization.CultureInfo.InvariantCulture);
                    byte[] body = new byte[length];
                    stream.ReadExactly(body);
                    (Header, Path) = (header, header.Split(' ')[1]);
                    if (Status == 0)
                    {
                        // Until the other end gives up.
                        _ = stream.ReadByte();
                        return;
                    }

                    if (Status == 200)
                    {
                        lock (messages)
                        {
                            messages.Add(OtlpMessage.Parse(body));
                        }
                    }

                    stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} Said\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"));
                }
            }
            catch (IOException)
            {
                // The other end has gone.
            }
        }
    }

    private static string ReadHeader(NetworkStream stream)
    {
        var header = new StringBuilder();
        while (stream.ReadByte() is not -1 and var sign)
        {
            header.Append((char)sign);
            if (sign == '\n' && header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                break;
            }
        }

        return header.ToString();
    }
}
