namespace MacSegmentation.Pcap;

/// <summary>
/// What lists, opens, configures and closes adapters over the native packet capture library. The frames themselves do not pass through
/// it: they are read and sent over the handle that it opens.
/// </summary>
public interface ICaptureLayer
{
    /// <summary>The adapters that can be seen now, asked anew with every call.</summary>
    /// <exception cref="CaptureException">The library cannot list.</exception>
    IReadOnlyList<CaptureAdapter> List();

    /// <summary>Opens an adapter, also one that <see cref="List"/> leaves out.</summary>
    /// <param name="device">What pcap calls it.</param>
    /// <param name="options">How. What a library cannot do of it is left out, except what the frames' meaning depends on.</param>
    /// <returns>The open adapter, which whoever asked for it closes.</returns>
    /// <exception cref="CaptureException">It could not be opened; nothing is left open.</exception>
    IOpenCapture Open(string device, CaptureOptions options);
}
