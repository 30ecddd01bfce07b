using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MacSegmentation.Adapters;

/// <summary>
/// The lock of an adapter on Linux: an abstract Unix socket (unix(7)) with the adapter's number as its name. The system keeps such names apart by network namespace, as it does the
/// numbers, and lets go of them with the process.
/// </summary>
internal sealed class AdapterSocket : IDisposable
{
    /// <summary>SOL_SOCKET and SO_PEERCRED of socket(7): who listens, as its process, user and group.</summary>
    private const int LevelSocket = 1;
    private const int PeerCredentials = 17;
    private const int CredentialsLength = 12;

    private const int Backlog = 16;

    private readonly Socket socket;

    private AdapterSocket(Socket socket) => this.socket = socket;

    /// <summary>Takes an adapter of the calling thread's network namespace.</summary>
    /// <param name="index">The adapter's number.</param>
    /// <param name="name">What the user calls it.</param>
    /// <exception cref="Errors.MacSegmentationException">AdapterInUse.</exception>
    public static AdapterSocket Take(int index, string name) => TryTake(index, out var error) ?? throw (error!.SocketErrorCode == SocketError.AddressAlreadyInUse
        ? AdapterErrors.InUse(name, FindHolder(index))
        : AdapterErrors.Failed(name, error.Message));

    /// <summary>Takes an adapter of the calling thread's network namespace; null if another has it, or the system does not let it.</summary>
    /// <param name="index">The adapter's number.</param>
    /// <param name="error">Why not.</param>
    public static AdapterSocket? TryTake(int index, out SocketException? error)
    {
        error = null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(EndOf(index));
            socket.Listen(Backlog);
        }
        catch (SocketException refusal)
        {
            socket.Dispose();
            error = refusal;
            return null;
        }

        var taken = new AdapterSocket(socket);
        _ = taken.AnswerAsync();
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static UnixDomainSocketEndPoint EndOf(int index) => new(string.Create(CultureInfo.InvariantCulture, $"\0MacSegmentation/adapter/{index}"));

    /// <summary>The process that has an adapter; 0 if it cannot be known, as it is in another container, or has just ended.</summary>
    private static int FindHolder(int index)
    {
        try
        {
            using var asking = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            asking.Connect(EndOf(index));
            Span<byte> credentials = stackalloc byte[CredentialsLength];
            return asking.GetRawSocketOption(LevelSocket, PeerCredentials, credentials) == CredentialsLength ? MemoryMarshal.Read<int>(credentials) : 0;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>Lets everybody go who came to ask: the system has told them who listens here.</summary>
    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                (await socket.AcceptAsync().ConfigureAwait(false)).Dispose();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It was given back.
        }
    }
}
