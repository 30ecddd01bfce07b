using System.Text;

namespace MacSegmentation.Interfaces;

/// <summary>
/// Asks Linux about an interface through a socket. The answer is of the network namespace in which the socket was made, whatever
/// namespace the asking thread is in by now.
/// </summary>
/// <param name="socket">Any socket; it stays the caller's.</param>
/// <param name="name">Name of the interface.</param>
internal readonly unsafe struct LinuxInterface(int socket, string name)
{
    /// <summary>The interface's name.</summary>
    internal string Name => name;

    /// <summary>True if an interface of this name exists and is administratively up.</summary>
    internal bool IsUp => TryAsk(NativeInterface.GetFlags, out var answer) && (answer.Flags & NativeInterface.IsUp) != 0;

    /// <summary>True if it is up and its link is as well: a cable is in, the other end of a veth is up, a machine has its tap open.</summary>
    internal bool IsRunning => TryAsk(NativeInterface.GetFlags, out var answer) && (answer.Flags & NativeInterface.IsUpAndRunning) == NativeInterface.IsUpAndRunning;

    /// <summary>The interface's number, or 0 if there is none of this name.</summary>
    internal int Index => TryAsk(NativeInterface.GetIndex, out var answer) ? answer.Number : 0;

    /// <summary>Longest payload in octets, or 0 if there is no such interface.</summary>
    internal int Mtu => TryAsk(NativeInterface.GetMtu, out var answer) ? answer.Number : 0;

    /// <summary>The name of the interface with a number, or null.</summary>
    internal static string? NameOf(int socket, int index)
    {
        var request = new NativeInterface.Request { Number = index };
        return NativeInterface.Control(socket, NativeInterface.GetNameOfIndex, &request) < 0
            ? null
            : Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(request.Name));
    }

    /// <summary>Calls the interface's driver with a structure of linux/ethtool.h.</summary>
    /// <returns>False if the driver does not know the command or the right is missing.</returns>
    internal bool TryEthtool(void* command)
    {
        var request = default(NativeInterface.Request);
        request.Data = command;
        return TryName(ref request) && NativeInterface.Control(socket, NativeInterface.Ethtool, &request) >= 0;
    }

    private bool TryAsk(nuint question, out NativeInterface.Request answer)
    {
        var request = default(NativeInterface.Request);
        bool known = TryName(ref request) && NativeInterface.Control(socket, question, &request) >= 0;
        answer = request;
        return known;
    }

    private bool TryName(ref NativeInterface.Request request)
    {
        fixed (byte* target = request.Name)
        {
            // One octet stays for the terminator; a longer name names nothing.
            return Encoding.UTF8.TryGetBytes(name, new Span<byte>(target, NativeInterface.NameSize - 1), out _);
        }
    }
}
