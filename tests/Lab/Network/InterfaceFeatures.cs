using MacSegmentation.Adapters;
using MacSegmentation.Offloads;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Lab.Network;

/// <summary>An interface's features, as ethtool -K sees and sets them.</summary>
internal static class InterfaceFeatures
{
    /// <summary>The features that are on.</summary>
    public static IReadOnlyList<string> Active(NetworkNamespace host, string interfaceName) => host.Run(() =>
    {
        using var socket = SocketHandle.ForQuestions();
        return new DriverFeatures(new LinuxAdapter(socket.Descriptor, interfaceName)).Active();
    });

    /// <summary>Turns a feature on or off.</summary>
    public static void Set(NetworkNamespace host, string interfaceName, string feature, bool on) => host.Run(() =>
    {
        using var socket = SocketHandle.ForQuestions();
        Assert.True(new DriverFeatures(new LinuxAdapter(socket.Descriptor, interfaceName)).TrySet([feature], on));
        return true;
    });

    /// <summary>Lets the host finish its frames itself: whole checksums, and no frame that is still to be cut.</summary>
    public static void FinishFrames(NetworkNamespace host, string interfaceName)
    {
        var features = Active(host, interfaceName).Where(feature =>
            feature.StartsWith("tx-checksum", StringComparison.Ordinal) || feature.EndsWith("-segmentation", StringComparison.Ordinal));
        foreach (string feature in features)
        {
            Set(host, interfaceName, feature, on: false);
        }
    }
}
