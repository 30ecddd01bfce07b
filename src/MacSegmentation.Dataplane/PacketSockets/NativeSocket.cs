using System.Runtime.InteropServices;

namespace MacSegmentation.PacketSockets;

/// <summary>sys/socket.h, linux/if_packet.h, poll.h and sys/eventfd.h, as far as packets are waited for and sent with them.</summary>
internal static unsafe partial class NativeSocket
{
    internal const int FamilyPacket = 17;
    internal const int FamilyInternet = 2;
    internal const int FamilyInternet6 = 10;
    internal const int TypeDatagram = 2;
    internal const int TypeRaw = 3;
    internal const int CloseOnExec = 0x80000;
    internal const int LevelPacket = 263;
    internal const int LevelSocket = 1;
    internal const int SendBufferForce = 32;
    internal const int SendBuffer = 7;
    internal const int IgnoreOutgoing = 23;
    internal const int DoNotBlock = 0x800;
    internal const int LevelIPv4 = 0;
    internal const int LevelUdp = 17;
    internal const int LevelIPv6 = 41;
    internal const int PathMtuDiscovery = 10;
    internal const int PathMtuDiscovery6 = 23;
    internal const int Only6 = 26;
    internal const int ReceiveBuffer = 8;
    internal const int ReceiveBufferForce = 33;
    internal const int ReceiveOverflow = 40;

    /// <summary>UDP_NO_CHECK6_RX: datagrams over IPv6 without a checksum are taken in.</summary>
    internal const int AdmitNoChecksum6 = 102;

    /// <summary>IP_PMTUDISC_DO: DF is set, and nothing is ever fragmented here.</summary>
    internal const int DoNotFragment = 2;
    internal const int DoNotWait = 0x40;

    /// <summary>MSG_TRUNC, of what was received: the datagram was longer than the room for it.</summary>
    internal const int IsCut = 0x20;
    internal const short PollIn = 1;
    internal const short PollOut = 4;

    internal const int ErrorInterrupted = 4;
    internal const int ErrorNoDeviceOrAddress = 6;
    internal const int ErrorAddressInUse = 98;
    internal const int ErrorAgain = 11;
    internal const int ErrorNotPermitted = 1;
    internal const int ErrorAccess = 13;
    internal const int ErrorNoDevice = 19;
    internal const int ErrorNetworkDown = 100;
    internal const int ErrorNoBuffers = 105;
    internal const int ErrorTooLong = 90;

    /// <summary>IP_MTU and IPV6_MTU: octets of the longest packet to where a socket is connected, as far as the system knows.</summary>
    internal const int KnownMtu = 14;
    internal const int KnownMtu6 = 24;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static partial int Create(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static partial int Bind(SocketHandle socket, LinkLayerAddress* address, int length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    internal static partial int BindTo(SocketHandle socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    internal static partial int ReceiveMessages(int socket, BatchedMessage* messages, uint count, int flags, TimeSpecification* timeout);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    internal static partial int Connect(SocketHandle socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int GetOption(int socket, int level, int option, int* value, int* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int SetOption(int socket, int level, int option, int* value, int length);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    internal static partial int SendMessages(int socket, BatchedMessage* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    internal static partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ppoll")]
    internal static partial int PollPrecisely(PollRequest* requests, nuint count, TimeSpecification* timeout, nint signals);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int CreateEvent(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(SocketHandle target, void* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(SocketHandle source, void* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    /// <summary>struct sockaddr_ll.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct LinkLayerAddress
    {
        internal ushort Family;
        internal ushort Protocol;
        internal int Index;
        internal ushort HardwareType;
        internal byte PacketType;
        internal byte AddressLength;
        internal fixed byte Address[8];
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Segment
    {
        internal byte* Start;
        internal nuint Length;
    }

    /// <summary>struct mmsghdr: struct msghdr and the number of octets sent or received.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct BatchedMessage
    {
        internal nint Address;
        internal uint AddressLength;
        internal Segment* Segments;
        internal nuint SegmentCount;
        internal nint Control;
        internal nuint ControlLength;
        internal int Flags;

        /// <summary>Padding, which the kernel leaves alone: what whoever sends it wants to know of it.</summary>
        internal int Note;
        internal uint Length;
    }

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpecification
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollRequest
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Happened;
    }
}
