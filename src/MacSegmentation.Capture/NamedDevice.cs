using SharpPcap.LibPcap;

namespace MacSegmentation.Capture;

/// <summary>
/// A device that opens by a name. SharpPcap opens what its list shows, but the library leaves some adapters out that can be opened, and
/// a source that waits for an adapter to come back would ask for the whole list several times a second.
/// </summary>
/// <param name="anyInterface">Any entry of the list: nothing of it is used but that it is an adapter of this host.</param>
/// <param name="name">What pcap calls the adapter to open.</param>
internal sealed class NamedDevice(PcapInterface anyInterface, string name) : LibPcapLiveDevice(anyInterface)
{
    /// <inheritdoc/>
    public override string Name => name;
}
