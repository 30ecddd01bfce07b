using System.Runtime.InteropServices;

namespace MacSegmentation.Pcap;

/// <summary>pcap/pcap.h, as far as it is used. Functions that only some platforms have are imported too and must not be called elsewhere.</summary>
internal static unsafe partial class NativePcap
{
    internal const int ErrorBufferSize = 256;
    internal const int LinkTypeEthernet = 1;
    internal const int DirectionIn = 1;
    internal const int PrecisionNano = 1;

    internal const int Break = -2;
    internal const int NoSuchDevice = -5;
    internal const int PermissionDenied = -8;
    internal const int InterfaceNotUp = -9;
    internal const int PromiscuousPermissionDenied = -11;

    internal const uint InterfaceIsLoopback = 1;
    internal const uint InterfaceIsUp = 2;

    /// <summary>pcap_open's flags (Npcap): put the card into promiscuous mode; leave out what this handle sends; hand over at once.</summary>
    internal const int OpenPromiscuous = 1;
    internal const int OpenWithoutOwnSends = 8;
    internal const int OpenImmediately = 16;

    static NativePcap() => NativeLibrary.SetDllImportResolver(typeof(NativePcap).Assembly, PcapLibrary.Resolve);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_create", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Create(string device, byte* error);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_set_snaplen")]
    internal static partial int SetSnapLength(PcapHandle handle, int octets);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_set_promisc")]
    internal static partial int SetPromiscuous(PcapHandle handle, int on);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_set_timeout")]
    internal static partial int SetTimeout(PcapHandle handle, int milliseconds);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_set_immediate_mode")]
    internal static partial int SetImmediate(PcapHandle handle, int on);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_set_buffer_size")]
    internal static partial int SetBufferSize(PcapHandle handle, int octets);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_set_tstamp_precision")]
    internal static partial int SetPrecision(PcapHandle handle, int precision);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_get_tstamp_precision")]
    internal static partial int GetPrecision(PcapHandle handle);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_activate")]
    internal static partial int Activate(PcapHandle handle);

    /// <summary>Windows only: the one way to reach the flags that pcap_create does not know.</summary>
    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Open(string source, int snapLength, int flags, int timeout, nint authentication, byte* error);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_setbuff")]
    internal static partial int SetKernelBuffer(PcapHandle handle, int octets);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_setmintocopy")]
    internal static partial int SetMinimumToCopy(PcapHandle handle, int octets);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_setdirection")]
    internal static partial int SetDirection(PcapHandle handle, int direction);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_compile", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Compile(PcapHandle handle, BpfProgram* program, string expression, int optimise, uint netmask);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_setfilter")]
    internal static partial int SetFilter(PcapHandle handle, BpfProgram* program);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_freecode")]
    internal static partial void FreeCode(BpfProgram* program);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_datalink")]
    internal static partial int LinkType(PcapHandle handle);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_datalink_val_to_name")]
    internal static partial nint LinkTypeName(int linkType);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_snapshot")]
    internal static partial int SnapLength(PcapHandle handle);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_fileno")]
    internal static partial int FileDescriptor(PcapHandle handle);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_setnonblock")]
    internal static partial int SetNonBlocking(PcapHandle handle, int on, byte* error);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_dispatch")]
    internal static partial int Dispatch(
        PcapHandle handle, int count, delegate* unmanaged[Cdecl]<nint, void*, byte*, void> callback, nint user);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_breakloop")]
    internal static partial void BreakLoop(PcapHandle handle);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_sendpacket")]
    internal static partial int SendPacket(PcapHandle handle, byte* frame, int length);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_sendqueue_alloc")]
    internal static partial SendQueue* AllocateSendQueue(uint octets);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_sendqueue_destroy")]
    internal static partial void DestroySendQueue(SendQueue* queue);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_sendqueue_queue")]
    internal static partial int Enqueue(SendQueue* queue, void* header, byte* frame);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_sendqueue_transmit")]
    internal static partial uint Transmit(PcapHandle handle, SendQueue* queue, int synchronise);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_stats")]
    internal static partial int Statistics(PcapHandle handle, CaptureStatistics* statistics);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_geterr")]
    internal static partial nint ErrorText(PcapHandle handle);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_close")]
    internal static partial void Close(nint handle);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_findalldevs")]
    internal static partial int FindAllDevices(Device** first, byte* error);

    [LibraryImport(PcapLibrary.Name, EntryPoint = "pcap_freealldevs")]
    internal static partial void FreeAllDevices(Device* first);

    /// <summary>struct pcap_pkthdr where long has the width of a pointer: 24 octets on 64-bit Unix.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct UnixFrameHeader
    {
        internal nint Seconds;
        internal nint Fraction;
        internal uint CapturedLength;
        internal uint Length;
    }

    /// <summary>struct pcap_pkthdr on Windows, where long is 32 bits wide on every machine: 16 octets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct WindowsFrameHeader
    {
        internal int Seconds;
        internal int Fraction;
        internal uint CapturedLength;
        internal uint Length;
    }

    /// <summary>struct pcap_stat. The three fields wrap. (Windows has more behind it, and writes only these unless pcap_stats_ex is asked.)</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct CaptureStatistics
    {
        internal uint Received;
        internal uint Dropped;
        internal uint DroppedByInterface;

        /// <summary>Room for the fields that wpcap's headers declare behind the three.</summary>
        private fixed uint windowsExtension[5];
    }

    /// <summary>struct bpf_program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct BpfProgram
    {
        internal uint Length;
        internal nint Instructions;
    }

    /// <summary>struct pcap_if.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Device
    {
        internal Device* Next;
        internal nint Name;
        internal nint Description;
        internal nint Addresses;
        internal uint Flags;
    }

    /// <summary>struct pcap_send_queue.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct SendQueue
    {
        internal uint Capacity;
        internal uint Length;
        internal byte* Buffer;
    }
}
