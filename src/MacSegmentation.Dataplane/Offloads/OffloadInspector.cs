using MacSegmentation.Adapters;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Offloads;

/// <summary>
/// Finds the offloads because of which frames reach a port merged or unfinished. On Linux only; elsewhere nothing is found.
/// </summary>
/// <remarks>
/// Merging is done by the receiving adapter: rx-gro by the kernel, rx-lro and rx-gro-hw by the card. Leaving unfinished is done by
/// the sender, and no frame says so to pcap, which drops the metadata (checksum offset, segment size) that hardware would go by. A
/// sender behind a wire finishes its frames. A sender at the other end of a veth pair does not, unless its offloads are off: they
/// are seen here if that end is in the same network namespace. Stripping of VLAN tags (rx-vlan-hw-parse) does no harm: libpcap puts
/// the tag back.
/// </remarks>
public static class OffloadInspector
{
    private static readonly string[] MergingFeatures = ["rx-gro", "rx-gro-hw", "rx-gro-list", "rx-lro"];

    /// <summary>The offloads in force that spoil the frames of a port.</summary>
    /// <param name="adapterName">Name of the adapter.</param>
    public static IReadOnlyList<ActiveOffload> Inspect(string adapterName)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        using var socket = SocketHandle.ForQuestions();
        var features = new DriverFeatures(new LinuxAdapter(socket.Descriptor, adapterName));
        var found = features.Active()
            .Where(MergingFeatures.Contains)
            .Select(feature => new ActiveOffload(adapterName, feature, OffloadEffect.MergesFrames))
            .ToList();
        int peerIndex = features.VethPeerIndex;
        if (peerIndex == 0)
        {
            return found;
        }

        if (PeerInSight(socket.Descriptor, adapterName, peerIndex) is not { } peer)
        {
            found.Add(new ActiveOffload(adapterName, "tx", OffloadEffect.OutOfSight));
            return found;
        }

        found.AddRange(new DriverFeatures(new LinuxAdapter(socket.Descriptor, peer)).Active()
            .Where(LeavesUnfinished)
            .Select(feature => new ActiveOffload(peer, feature, OffloadEffect.LeavesFramesUnfinished)));
        return found;
    }

    private static bool LeavesUnfinished(string feature) =>
        feature.StartsWith("tx-checksum-", StringComparison.Ordinal)
        || (feature.StartsWith("tx-", StringComparison.Ordinal) && feature.EndsWith("-segmentation", StringComparison.Ordinal));

    /// <summary>
    /// Numbers of adapters are unique within a namespace only: an adapter here that has the peer's number is the peer if it is a
    /// veth that in turn names this one.
    /// </summary>
    private static string? PeerInSight(int socket, string adapterName, int peerIndex)
    {
        var candidate = LinuxAdapter.NameOf(socket, peerIndex);
        return candidate is not null
            && !string.Equals(candidate, adapterName, StringComparison.Ordinal)
            && new DriverFeatures(new LinuxAdapter(socket, candidate)).VethPeerIndex == new LinuxAdapter(socket, adapterName).Index
                ? candidate
                : null;
    }
}
