using MacSegmentation.Adapters;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Pcap;

/// <summary>Opens an adapter with pcap: promiscuous, handing frames over at once, and blind to what is sent on it.</summary>
internal static class PcapOpener
{
    /// <summary>How long a reader waits for frames before it looks around, in milliseconds.</summary>
    internal const int WaitMilliseconds = 100;

    /// <summary>Opens an adapter; an adapter that is down or gone is an outcome here, and everything else an error.</summary>
    /// <returns>Null if the adapter is down, or gone.</returns>
    internal static PcapHandle? TryOpen(string device, string name, int snapLength, int ringSize)
    {
        PcapHandle handle;
        try
        {
            handle = Open(device, OptionsFor(PcapLibrary.Implementation, snapLength, ringSize));
        }
        catch (CaptureException error)
        {
            return error.Status is NativePcap.PCAP_ERROR_IFACE_NOT_UP or NativePcap.PCAP_ERROR_NO_SUCH_DEVICE
                ? null
                : throw (IsRefusal(error) ? AdapterErrors.NotPermitted(name, error.Message) : AdapterErrors.Failed(name, error.Message));
        }

        try
        {
            if (handle.LinkType != NativePcap.DLT_EN10MB)
            {
                throw AdapterErrors.NotEthernet(name, NameOfLinkType(handle.LinkType));
            }

            LeaveOutWhatIsSent(handle, name);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Opens an adapter as lightly as can be, to see whether it opens and what it carries.</summary>
    /// <returns>The link type, and the reason why it did not open; one of them is null, or both for one that is down.</returns>
    internal static (string? LinkType, string? Failure) Probe(string device)
    {
        try
        {
            using var handle = Open(device, new CaptureOptions());
            return (NameOfLinkType(handle.LinkType), null);
        }
        catch (CaptureException error)
        {
            return error.Status == NativePcap.PCAP_ERROR_IFACE_NOT_UP
                ? (null, null)
                : (null, IsRefusal(error) ? AdapterErrors.NotPermitted(device, "").Message : error.Message);
        }
    }

    /// <summary>What each library can be asked for.</summary>
    internal static CaptureOptions OptionsFor(PcapImplementation implementation, int snapLength, int ringSize)
    {
        var options = new CaptureOptions
        {
            IsPromiscuous = true, SnapLength = snapLength, RingSize = ringSize, WaitMilliseconds = WaitMilliseconds,
        };
        return implementation switch
        {
            // Its flag is the one way to be blind to what this handle sends: setdirection is not implemented.
            PcapImplementation.Npcap => options with { IsImmediate = true, LeavesOutOwnSends = true },

            // It has no immediate mode, so the host's ring keeps frames back until its timeout; but it compiles filters for the host's socket.
            PcapImplementation.Wine => options with { WaitMilliseconds = 1, Filter = "inbound" },

            // The reader waits by itself on Linux: once libpcap waits there, nothing but a frame makes it return, whatever its timeout.
            _ => options with { IsImmediate = true, InNanoseconds = true, IsNonBlocking = OperatingSystem.IsLinux() },
        };
    }

    private static PcapHandle Open(string device, CaptureOptions options) => new(CaptureLayer.Current.Open(device, options));

    /// <summary>
    /// On Linux the kernel is asked not to hand over what is sent at all; libpcap's own direction check holds for frames that were
    /// queued before that, and for kernels older than 4.20.
    /// </summary>
    private static unsafe void LeaveOutWhatIsSent(PcapHandle handle, string name)
    {
        if (PcapLibrary.Implementation != PcapImplementation.Libpcap)
        {
            return;
        }

        if (NativePcap.pcap_setdirection(handle, NativePcap.PCAP_D_IN) < 0)
        {
            throw AdapterErrors.Failed(name, handle.ErrorText);
        }

        if (OperatingSystem.IsLinux())
        {
            int on = 1;
            _ = NativeSocket.SetOption(
                NativePcap.pcap_fileno(handle), NativeSocket.LevelPacket, NativeSocket.IgnoreOutgoing, &on, sizeof(int));
        }
    }

    /// <summary>pcap_open gives no code, only the system's words and number: ERROR_ACCESS_DENIED is 5.</summary>
    private static bool IsRefusal(CaptureException error) =>
        error.Status is NativePcap.PCAP_ERROR_PERM_DENIED or NativePcap.PCAP_ERROR_PROMISC_PERM_DENIED
        || (PcapLibrary.Implementation == PcapImplementation.Npcap
            && (error.Message.Contains("(5)", StringComparison.Ordinal) || error.Message.Contains("denied", StringComparison.OrdinalIgnoreCase)));

    private static string NameOfLinkType(int linkType)
    {
        string name = PcapLibrary.Implementation == PcapImplementation.Wine
            ? linkType == NativePcap.DLT_EN10MB ? "EN10MB" : ""
            : PcapLibrary.Text(NativePcap.pcap_datalink_val_to_name(linkType));
        return name.Length > 0 ? name : $"DLT {linkType}";
    }
}
