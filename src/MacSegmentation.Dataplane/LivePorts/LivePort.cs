using MacSegmentation.Errors;
using MacSegmentation.Adapters;
using MacSegmentation.Offloads;
using MacSegmentation.PacketSockets;
using MacSegmentation.Pcap;
using MacSegmentation.Ports;
using MacSegmentation.Tunnels;

namespace MacSegmentation.LivePorts;

/// <summary>An adapter opened for both ways: what arrives is read from it, what is forwarded is sent on it.</summary>
public sealed class LivePort : IDisposable
{
    private LivePort(string name, IFrameSource source, IFrameSink sink, IReadOnlyList<ActiveOffload> offloads)
    {
        Name = name;
        Source = source;
        Sink = sink;
        Offloads = offloads;
    }

    /// <summary>The adapter, as the user named it.</summary>
    public string Name { get; }

    /// <summary>Frames that arrive; none that this host sends. Closing it turns the offloads on again that were turned off.</summary>
    public IFrameSource Source { get; }

    /// <summary>Sends on the adapter.</summary>
    public IFrameSink Sink { get; }

    /// <summary>Offloads in force that hand over merged or unfinished frames: a reason to warn. Empty where the system cannot say.</summary>
    public IReadOnlyList<ActiveOffload> Offloads { get; }

    /// <summary>Opens an adapter. One that is down is opened too: its source reports Down until it is up.</summary>
    /// <param name="adapterName">
    /// Name of the adapter as <see cref="CaptureDevices.List"/> gives it; on Windows also the name that the system shows ("Ethernet").
    /// </param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="MacSegmentationException">
    /// PcapMissing, AdapterNotFound, AdapterInUse, CaptureNotPermitted, LinkTypeNotEthernet, CaptureFailed, OffloadNotChanged.
    /// </exception>
    public static LivePort Open(string adapterName, LivePortOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(adapterName);
        options ??= new LivePortOptions();
        PcapLibrary.Require();
        string device = CaptureDevices.Resolve(adapterName);

        var taken = AdapterLock.Take(device, adapterName, IndexOf(device));
        DisabledOffloads? disabled = null;
        PcapFrameSource? source = null;
        IFrameSink? sink = null;
        try
        {
            // The adapter is ours: what is written down of its offloads, nobody is left to restore.
            OffloadRecord.RestoreLeft(device);
            disabled = options.DisableOffload ? DisabledOffloads.Disable(device) : null;
            source = new PcapFrameSource(device, adapterName, options.RingSize, taken, disabled);
            sink = OperatingSystem.IsLinux() ? new PacketSocketSink(device, taken) : new QueuedSink(new PcapFrameSink(source));
            return new LivePort(adapterName, source, sink, OffloadInspector.Inspect(device));
        }
        catch
        {
            sink?.Dispose();
            source?.Dispose();
            disabled?.Dispose();
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Opens a tunnel.</summary>
    /// <param name="port">What it is.</param>
    /// <param name="underlays">The sockets of the tunnels that are opened with it.</param>
    internal static LivePort OpenTunnel(SwitchPortSettings port, Underlays underlays)
    {
        var (source, sink) = underlays.Open(port.Adapter, port.Name, port.Tunnel!);
        return new LivePort(port.Name, source, sink, OffloadInspector.Inspect(port.Adapter));
    }

    /// <summary>Closes both sides. The reader and the writer must have stopped. An enforcer closes the sides it was given by itself.</summary>
    public void Dispose()
    {
        Source.Dispose();
        Sink.Dispose();
    }

    private static int IndexOf(string device)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        using var socket = SocketHandle.ForQuestions();
        return new LinuxAdapter(socket.Descriptor, device).Index;
    }
}
