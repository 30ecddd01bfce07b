using MacSegmentation.Carriers;

namespace MacSegmentation.Tunnels;

/// <summary>The sockets of the tunnels that are opened together: those of one kind on one adapter share one.</summary>
internal sealed class Underlays
{
    private readonly Dictionary<(string Adapter, TunnelKind Kind), (UnderlaySocket Socket, int Tunnels)> opened = [];

    /// <summary>Opens both sides of a tunnel port.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="name">The port's name.</param>
    /// <param name="tunnel">The tunnel.</param>
    /// <exception cref="Errors.MacSegmentationException">TunnelNotSupported, AdapterNotFound, TunnelAddressMissing, InvalidTunnel, TunnelPortInUse, TunnelFailed.</exception>
    public (TunnelSource Source, TunnelSink Sink) Open(string adapter, string name, TunnelSettings tunnel)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw TunnelErrors.NotHere(name);
        }

        var key = (adapter, tunnel.Kind);
        if (!opened.TryGetValue(key, out var shared))
        {
            shared = (new UnderlaySocket(adapter, tunnel), 0);
        }
        else if (shared.Socket.IsIPv6 != tunnel.IsIPv6)
        {
            throw TunnelErrors.TwoFamilies(adapter, tunnel);
        }

        opened[key] = (shared.Socket, shared.Tunnels + 1);
        return (new TunnelSource(name, shared.Tunnels, shared.Socket, tunnel), new TunnelSink(name, shared.Socket, tunnel));
    }
}
