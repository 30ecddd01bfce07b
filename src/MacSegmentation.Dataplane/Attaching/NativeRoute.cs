using System.Runtime.InteropServices;

namespace MacSegmentation.Attaching;

/// <summary>linux/netlink.h, linux/rtnetlink.h, linux/if_link.h, linux/veth.h and linux/if_tun.h, as far as links are made, found and removed.</summary>
internal static unsafe partial class NativeRoute
{
    internal const int AF_NETLINK = 16;
    internal const int NETLINK_ROUTE = 0;
    internal const ushort NLMSG_ERROR = 2;
    internal const ushort NLMSG_DONE = 3;
    internal const ushort NLM_F_REQUEST = 1;
    internal const ushort NLM_F_ACK = 4;
    internal const ushort NLM_F_EXCL = 0x200;
    internal const ushort NLM_F_DUMP = 0x300;
    internal const ushort NLM_F_CREATE = 0x400;
    internal const ushort RTM_NEWLINK = 16;
    internal const ushort RTM_DELLINK = 17;
    internal const ushort RTM_GETLINK = 18;
    internal const ushort IFLA_ADDRESS = 1;
    internal const ushort IFLA_IFNAME = 3;
    internal const ushort IFLA_LINKINFO = 18;
    internal const ushort IFLA_IFALIAS = 20;
    internal const ushort IFLA_GROUP = 27;
    internal const ushort IFLA_INFO_KIND = 1;
    internal const ushort IFLA_INFO_DATA = 2;
    internal const ushort VETH_INFO_PEER = 1;
    internal const uint IFF_UP = 1;

    internal const int O_RDWR = 2;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;
    internal const nuint TUNSETIFF = 0x400454ca;
    internal const short IFF_TAP = 2;
    internal const short IFF_NO_PI = 0x1000;
    internal const short IFF_TUN_EXCL = unchecked((short)0x8000);

    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int EAGAIN = 11;
    internal const int EACCES = 13;
    internal const int EBUSY = 16;
    internal const int EEXIST = 17;
    internal const int ENODEV = 19;
    internal const int EINVAL = 22;
    internal const int EOPNOTSUPP = 95;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    /// <summary>struct nlmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MessageHeader
    {
        internal uint Length;
        internal ushort Type;
        internal ushort Flags;
        internal uint Sequence;
        internal uint Port;
    }

    /// <summary>struct ifinfomsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct LinkHeader
    {
        internal byte Family;
        internal byte Padding;
        internal ushort HardwareType;
        internal int Index;
        internal uint Flags;
        internal uint Change;
    }
}
