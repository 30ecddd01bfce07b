using System.Runtime.InteropServices;

namespace MacSegmentation.PacketSockets;

/// <summary>Owns a socket's descriptor.</summary>
internal sealed class SocketHandle : SafeHandle
{
    /// <summary>Takes over a descriptor.</summary>
    internal SocketHandle(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <summary>The number that the system knows the socket by. The caller keeps the handle alive.</summary>
    internal int Descriptor => (int)handle;

    /// <summary>A socket that serves to ask about adapters; needs no right.</summary>
    internal static SocketHandle ForQuestions() =>
        new(NativeSocket.Create(NativeSocket.FamilyInternet, NativeSocket.TypeDatagram | NativeSocket.CloseOnExec, 0));

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => NativeSocket.Close((int)handle) == 0;
}
