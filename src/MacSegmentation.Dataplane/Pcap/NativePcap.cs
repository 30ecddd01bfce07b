using System.Runtime.InteropServices;

namespace MacSegmentation.Pcap;

/// <summary>
/// pcap/pcap.h, as far as it is used over a handle that is open: names as there. Functions that only some libraries have are imported too
/// and must not be called in others.
/// </summary>
internal static unsafe partial class NativePcap
{
    internal const int PCAP_ERRBUF_SIZE = 256;
    internal const uint PCAP_CHAR_ENC_UTF_8 = 1;

    internal const int PCAP_ERROR_BREAK = -2;
    internal const int PCAP_ERROR_NO_SUCH_DEVICE = -5;
    internal const int PCAP_ERROR_PERM_DENIED = -8;
    internal const int PCAP_ERROR_IFACE_NOT_UP = -9;
    internal const int PCAP_ERROR_PROMISC_PERM_DENIED = -11;

    /// <summary>enum pcap_direction_t.</summary>
    internal const int PCAP_D_IN = 1;

    /// <summary>pcap/dlt.h.</summary>
    internal const int DLT_EN10MB = 1;

    static NativePcap() => NativeLibrary.SetDllImportResolver(typeof(NativePcap).Assembly, PcapLibrary.Resolve);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial int pcap_setdirection(PcapHandle p, int direction);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial nint pcap_datalink_val_to_name(int dlt);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial int pcap_fileno(PcapHandle p);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial int pcap_dispatch(
        PcapHandle p, int cnt, delegate* unmanaged[Cdecl]<nint, void*, byte*, void> callback, nint user);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial void pcap_breakloop(PcapHandle p);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial int pcap_sendpacket(PcapHandle p, byte* buf, int size);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial SendQueue* pcap_sendqueue_alloc(uint memsize);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial void pcap_sendqueue_destroy(SendQueue* queue);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial int pcap_sendqueue_queue(SendQueue* queue, void* header, byte* data);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial uint pcap_sendqueue_transmit(PcapHandle p, SendQueue* queue, int sync);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial int pcap_stats(PcapHandle p, CaptureStatistics* ps);

    [LibraryImport(PcapLibrary.Name)]
    internal static partial nint pcap_geterr(PcapHandle p);

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

    /// <summary>struct pcap_send_queue.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct SendQueue
    {
        internal uint Capacity;
        internal uint Length;
        internal byte* Buffer;
    }
}
