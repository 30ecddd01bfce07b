using System.Runtime.InteropServices;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Pcap;

/// <summary>Opens an interface with pcap: promiscuous, handing frames over at once, and blind to what is sent on it.</summary>
internal static unsafe class PcapOpener
{
    /// <summary>How long a reader waits for frames before it looks around, in milliseconds.</summary>
    internal const int WaitMilliseconds = 100;

    /// <summary>Opens an interface; an interface that is down or gone is an outcome here, and everything else an error.</summary>
    /// <returns>Null if the interface is down, or gone.</returns>
    internal static PcapHandle? TryOpen(string device, string name, int snapLength, int ringSize)
    {
        byte* error = stackalloc byte[NativePcap.ErrorBufferSize];
        error[0] = 0;
        var handle = OperatingSystem.IsWindows() && !PcapLibrary.IsWine
            ? OpenNpcap(device, name, snapLength, ringSize, error)
            : Activate(device, name, snapLength, ringSize, error);
        if (handle is null)
        {
            return null;
        }

        int linkType = NativePcap.LinkType(handle);
        if (linkType == NativePcap.LinkTypeEthernet)
        {
            return handle;
        }

        handle.Dispose();
        throw PcapErrors.NotEthernet(name, NameOfLinkType(linkType));
    }

    /// <summary>Opens an interface as lightly as can be, to see whether it opens and what it carries.</summary>
    /// <returns>The link type, and the reason why it did not open; one of them is null.</returns>
    internal static (string? LinkType, string? Failure) Probe(string device, string name)
    {
        byte* error = stackalloc byte[NativePcap.ErrorBufferSize];
        error[0] = 0;
        using var handle = new PcapHandle(NativePcap.Create(device, error));
        if (handle.IsInvalid)
        {
            return (null, Text(error));
        }

        int outcome = NativePcap.Activate(handle);
        return outcome switch
        {
            >= 0 => (NameOfLinkType(NativePcap.LinkType(handle)), null),
            NativePcap.InterfaceNotUp => (null, null),
            NativePcap.PermissionDenied or NativePcap.PromiscuousPermissionDenied => (null, PcapErrors.NotPermitted(name, "").Message),
            _ => (null, handle.ErrorText),
        };
    }

    private static PcapHandle? Activate(string device, string name, int snapLength, int ringSize, byte* error)
    {
        var handle = new PcapHandle(NativePcap.Create(device, error));
        if (handle.IsInvalid)
        {
            throw PcapErrors.Failed(name, Text(error));
        }

        try
        {
            NativePcap.SetSnapLength(handle, snapLength);
            NativePcap.SetPromiscuous(handle, 1);
            if (PcapLibrary.IsWine)
            {
                // It has no immediate mode: the host's ring keeps frames back until its timeout.
                NativePcap.SetTimeout(handle, 1);
            }
            else
            {
                NativePcap.SetTimeout(handle, WaitMilliseconds);
                NativePcap.SetImmediate(handle, 1);
            }

            NativePcap.SetBufferSize(handle, ringSize);
            if (!OperatingSystem.IsWindows())
            {
                NativePcap.SetPrecision(handle, NativePcap.PrecisionNano);
            }

            int outcome = NativePcap.Activate(handle);
            switch (outcome)
            {
                case >= 0:
                    Prepare(handle, name);
                    return handle;
                case NativePcap.InterfaceNotUp or NativePcap.NoSuchDevice:
                    handle.Dispose();
                    return null;
                case NativePcap.PermissionDenied or NativePcap.PromiscuousPermissionDenied:
                    throw PcapErrors.NotPermitted(name, handle.ErrorText);
                default:
                    throw PcapErrors.Failed(name, handle.ErrorText);
            }
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// On Linux the kernel is asked not to hand over what is sent at all; libpcap's own direction check holds for frames that were
    /// queued before that, and for kernels older than 4.20. And the reader waits by itself there: once libpcap waits, nothing but a
    /// frame makes it return, no matter what its timeout says. Wine's library knows none of it, but compiles filters for the host's socket.
    /// </summary>
    private static void Prepare(PcapHandle handle, string name)
    {
        if (PcapLibrary.IsWine)
        {
            NativePcap.BpfProgram program;
            if (NativePcap.Compile(handle, &program, "inbound", 1, uint.MaxValue) < 0)
            {
                throw PcapErrors.Failed(name, handle.ErrorText);
            }

            int set = NativePcap.SetFilter(handle, &program);
            NativePcap.FreeCode(&program);
            if (set < 0)
            {
                throw PcapErrors.Failed(name, handle.ErrorText);
            }

            return;
        }

        if (NativePcap.SetDirection(handle, NativePcap.DirectionIn) < 0)
        {
            throw PcapErrors.Failed(name, handle.ErrorText);
        }

        if (OperatingSystem.IsLinux())
        {
            byte* error = stackalloc byte[NativePcap.ErrorBufferSize];
            if (NativePcap.SetNonBlocking(handle, 1, error) < 0)
            {
                throw PcapErrors.Failed(name, Text(error));
            }

            int on = 1;
            _ = NativeSocket.SetOption(
                NativePcap.FileDescriptor(handle), NativeSocket.LevelPacket, NativeSocket.IgnoreOutgoing, &on, sizeof(int));
        }
    }

    private static PcapHandle OpenNpcap(string device, string name, int snapLength, int ringSize, byte* error)
    {
        const int flags = NativePcap.OpenPromiscuous | NativePcap.OpenWithoutOwnSends | NativePcap.OpenImmediately;
        var handle = new PcapHandle(NativePcap.Open(device, snapLength, flags, WaitMilliseconds, 0, error));
        if (handle.IsInvalid)
        {
            // pcap_open gives no code, only the system's words and number: ERROR_ACCESS_DENIED is 5.
            string reason = Text(error);
            throw reason.Contains("(5)", StringComparison.Ordinal) || reason.Contains("denied", StringComparison.OrdinalIgnoreCase)
                ? PcapErrors.NotPermitted(name, reason)
                : PcapErrors.Failed(name, reason);
        }

        _ = NativePcap.SetKernelBuffer(handle, ringSize);
        _ = NativePcap.SetMinimumToCopy(handle, 0);
        return handle;
    }

    private static string NameOfLinkType(int linkType) =>
        PcapLibrary.IsWine
            ? linkType == NativePcap.LinkTypeEthernet ? "EN10MB" : $"DLT {linkType}"
            : Marshal.PtrToStringUTF8(NativePcap.LinkTypeName(linkType)) ?? $"DLT {linkType}";

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
