using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;

namespace MacSegmentation.Benchmarks.Provision;

/// <summary>
/// A keep-alive connection that asks one question after the other, with as little work as there can be: the request's octets are ready, and of the answer only the
/// status and the length are read. The server shares the machine's cores with it.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket socket;
    private readonly SocketAsyncEventArgs receiving = new();
    private readonly byte[] buffer = new byte[4096];
    private readonly Func<(ReadOnlyMemory<byte> Request, bool IsKnown)> next;
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int filled;
    private bool isKnown;
    private long asked;
    private long deadline;

    /// <param name="port">The server's, on the loopback.</param>
    /// <param name="next">Yields the next request, and whether its handle is known.</param>
    public LoadConnection(int port, Func<(ReadOnlyMemory<byte> Request, bool IsKnown)> next)
    {
        this.next = next;
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect("127.0.0.1", port);
        receiving.Completed += (_, _) => GoOn();
    }

    /// <summary>How long known handles took, in ticks of the stopwatch.</summary>
    public List<long> Known { get; } = [];

    /// <summary>How long new handles took.</summary>
    public List<long> New { get; } = [];

    /// <summary>Number of answers that were refusals.</summary>
    public int Refused { get; private set; }

    /// <summary>Asks until a time has come.</summary>
    /// <param name="until">The time, by the stopwatch.</param>
    public Task RunAsync(long until)
    {
        deadline = until;
        Ask();
        Receive();
        return done.Task;
    }

    public void Dispose()
    {
        receiving.Dispose();
        socket.Dispose();
    }

    private void Ask()
    {
        (var request, isKnown) = next();
        asked = Stopwatch.GetTimestamp();
        socket.Send(request.Span);
    }

    private void Receive()
    {
        receiving.SetBuffer(buffer, filled, buffer.Length - filled);
        if (!socket.ReceiveAsync(receiving))
        {
            GoOn();
        }
    }

    /// <summary>Takes in what was received, on a thread of the pool or of the sockets.</summary>
    private void GoOn()
    {
        try
        {
            if (receiving.SocketError is not SocketError.Success || receiving.BytesTransferred == 0)
            {
                throw new InvalidOperationException($"The server closed a connection: {receiving.SocketError}.");
            }

            filled += receiving.BytesTransferred;
            if (TryTakeAnswer(buffer.AsSpan(0, filled), out bool isRefused))
            {
                filled = 0;
                if (isRefused)
                {
                    Refused++;
                }
                else
                {
                    (isKnown ? Known : New).Add(Stopwatch.GetTimestamp() - asked);
                }

                if (Stopwatch.GetTimestamp() >= deadline)
                {
                    done.SetResult();
                    return;
                }

                Ask();
            }

            Receive();
        }
#pragma warning disable CA1031 // On a thread that nobody waits for: whatever goes wrong is the result.
        catch (Exception error)
#pragma warning restore CA1031
        {
            done.TrySetException(error);
        }
    }

    private static bool TryTakeAnswer(ReadOnlySpan<byte> answer, out bool isRefused)
    {
        isRefused = answer.Length > 9 && answer[9] != (byte)'2';
        int body = answer.IndexOf("\r\n\r\n"u8);
        int length = answer.IndexOf("Content-Length: "u8);
        return body >= 0
            && length >= 0
            && Utf8Parser.TryParse(answer[(length + "Content-Length: ".Length)..], out int octets, out _)
            && answer.Length >= body + 4 + octets;
    }
}
