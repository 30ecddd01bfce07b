using MacSegmentation.Pcap;
using SharpPcap;
using SharpPcap.LibPcap;

namespace MacSegmentation.Capture;

/// <summary>An adapter that SharpPcap has opened. It holds the device: a device that nobody holds closes its handle when it is collected.</summary>
/// <param name="device">The device, open.</param>
/// <param name="askResolution">True if it was asked for nanoseconds; not every library can be asked what came of it.</param>
internal sealed class SharpPcapCapture(LibPcapLiveDevice device, bool askResolution) : IOpenCapture
{
    /// <inheritdoc/>
    public nint Handle => device.Opened ? device.Handle.DangerousGetHandle() : 0;

    /// <inheritdoc/>
    public int LinkType { get; } = (int)device.LinkType;

    /// <inheritdoc/>
    public bool IsInNanoseconds { get; } = askResolution && device.TimestampResolution == TimestampResolution.Nanosecond;

    /// <inheritdoc/>
    public void Dispose() => device.Dispose();
}
