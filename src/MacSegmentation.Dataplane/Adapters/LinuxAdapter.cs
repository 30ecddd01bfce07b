using System.Text;

namespace MacSegmentation.Adapters;

/// <summary>
/// asks Linux about an adapter through a socket. The answer is of the network namespace in which the socket was made, whatever
/// namespace the asking thread is in by now.
/// </summary>
/// <param name="socket">Any socket; it stays the caller's.</param>
/// <param name="name">Name of the adapter.</param>
internal readonly unsafe struct LinuxAdapter(int socket, string name)
{
    /// <summary>The adapter's name.</summary>
    internal string Name => name;

    /// <summary>True if an adapter of this name exists and is administratively up.</summary>
    internal bool IsUp => TryAsk(NativeAdapter.GetFlags, out var answer) && (answer.Flags & NativeAdapter.IsUp) != 0;

    /// <summary>True if it is up and its link is as well: a cable is in, the other end of a veth is up, a machine has its tap open.</summary>
    internal bool IsRunning => TryAsk(NativeAdapter.GetFlags, out var answer) && (answer.Flags & NativeAdapter.IsUpAndRunning) == NativeAdapter.IsUpAndRunning;

    /// <summary>The adapter's number, or 0 if there is none of this name.</summary>
    internal int Index => TryAsk(NativeAdapter.GetIndex, out var answer) ? answer.Number : 0;

    /// <summary>Longest payload in octets, or 0 if there is no such adapter.</summary>
    internal int Mtu => TryAsk(NativeAdapter.GetMtu, out var answer) ? answer.Number : 0;

    /// <summary>The name of the adapter with a number, or null.</summary>
    internal static string? NameOf(int socket, int index)
    {
        var request = new NativeAdapter.Request { Number = index };
        return NativeAdapter.Control(socket, NativeAdapter.GetNameOfIndex, &request) < 0
            ? null
            : Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(request.Name));
    }

    /// <summary>Calls the adapter's driver with a structure of linux/ethtool.h.</summary>
    /// <returns>False if the driver does not know the command or the right is missing.</returns>
    internal bool TryEthtool(void* command)
    {
        var request = default(NativeAdapter.Request);
        request.Data = command;
        return TryName(ref request) && NativeAdapter.Control(socket, NativeAdapter.Ethtool, &request) >= 0;
    }

    private bool TryAsk(nuint question, out NativeAdapter.Request answer)
    {
        var request = default(NativeAdapter.Request);
        bool known = TryName(ref request) && NativeAdapter.Control(socket, question, &request) >= 0;
        answer = request;
        return known;
    }

    private bool TryName(ref NativeAdapter.Request request)
    {
        fixed (byte* target = request.Name)
        {
            // One octet stays for the terminator; a longer name names nothing.
            return Encoding.UTF8.TryGetBytes(name, new Span<byte>(target, NativeAdapter.NameSize - 1), out _);
        }
    }
}
