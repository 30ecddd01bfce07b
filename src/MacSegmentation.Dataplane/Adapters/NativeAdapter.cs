using System.Runtime.InteropServices;

namespace MacSegmentation.Adapters;

/// <summary>linux/if.h and linux/sockios.h: what a socket can ask of and tell an adapter.</summary>
internal static unsafe partial class NativeAdapter
{
    internal const int NameSize = 16;
    internal const nuint GetFlags = 0x8913;
    internal const nuint GetMtu = 0x8921;
    internal const nuint GetHardwareAddress = 0x8927;
    internal const nuint GetIndex = 0x8933;
    internal const nuint GetNameOfIndex = 0x8910;
    internal const nuint Ethtool = 0x8946;

    internal const short IsUp = 0x1;
    internal const short IsUpAndRunning = 0x1 | 0x40;
    internal const ushort HardwareEthernet = 1;
    internal const ushort HardwareLoopback = 772;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(int socket, nuint request, Request* argument);

    /// <summary>struct ifreq: a name and a union of 24 octets (on 64-bit machines).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    internal struct Request
    {
        [FieldOffset(0)]
        internal fixed byte Name[NameSize];

        [FieldOffset(16)]
        internal int Number;

        [FieldOffset(16)]
        internal short Flags;

        /// <summary>sa_family of the hardware address: the ARP hardware type.</summary>
        [FieldOffset(16)]
        internal ushort HardwareType;

        [FieldOffset(16)]
        internal void* Data;
    }
}
