using MacSegmentation.Adapters;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Offloads;

/// <summary>
/// Finds the offloads because of which frames reach a port merged or unfinished. On Linux only; elsewhere nothing is found.
/// </summary>
/// <remarks>
/// Merging is done by the receiving interface: rx-gro by the kernel, rx-lro and rx-gro-hw by the card. Leaving unfinished is done by
/// the sender, and no frame says so to pcap, which drops the metadata (checksum offset, segment size) that hardware would go by. A
/// sender behind a wire finishes its frames. A sender at the other end of a veth pair does not, unless its offloads are off: they
/// are seen here if that end is in the same network namespace. Stripping of VLAN tags (rx-vlan-hw-parse) does no harm: libpcap puts
/// the tag back.
/// </remarks>
public static class OffloadInspector
{
    private static readonly string[] MergingFeatures = ["rx-gro", "rx-gro-hw", "rx-gro-list", "rx-lro"];

    /// <summary>The offloads in force that spoil the frames of a port.</summary>
    /// <param name="interfaceName">Name of the interface.</param>
    public static IReadOnlyList<ActiveOffload> Inspect(string interfaceName)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        using var socket = SocketHandle.ForQuestions();
        var features = new DriverFeatures(new LinuxAdapter(socket.Descriptor, interfaceName));
        var found = features.Active()
            .Where(MergingFeatures.Contains)
            .Select(feature => new ActiveOffload(interfaceName, feature, OffloadEffect.MergesFrames))
            .ToList();
        int peerIndex = features.VethPeerIndex;
        if (peerIndex == 0)
        {
            return found;
        }

        if (PeerInSight(socket.Descriptor, interfaceName, peerIndex) is not { } peer)
        {
            found.Add(new ActiveOffload(interfaceName, "tx", OffloadEffect.OutOfSight));
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
    /// Numbers of interfaces are unique within a namespace only: an interface here that has the peer's number is the peer if it is a
    /// veth that in turn names this one.
    /// </summary>
    private static string? PeerInSight(int socket, string interfaceName, int peerIndex)
    {
        var candidate = LinuxAdapter.NameOf(socket, peerIndex);
        return candidate is not null
            && !string.Equals(candidate, interfaceName, StringComparison.Ordinal)
            && new DriverFeatures(new LinuxAdapter(socket, candidate)).VethPeerIndex == new LinuxAdapter(socket, interfaceName).Index
                ? candidate
                : null;
    }
}
