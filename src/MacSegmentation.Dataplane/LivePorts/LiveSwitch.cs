using MacSegmentation.Carriers;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.MetadataPorts;
using MacSegmentation.Offloads;
using MacSegmentation.Pcap;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tunnels;

namespace MacSegmentation.LivePorts;

/// <summary>Adapters opened as the ports of a switch.</summary>
public sealed class LiveSwitch : IDisposable
{
    private readonly List<LivePort> ports;

    private LiveSwitch(List<LivePort> ports, SwitchLayout layout)
    {
        this.ports = ports;
        Layout = layout;
    }

    /// <summary>The ports, for a <see cref="Enforcement.PolicyEnforcer"/>, which closes the adapters when it ends.</summary>
    public SwitchLayout Layout { get; }

    /// <summary>Offloads in force on any that hand over merged or unfinished frames: reasons to warn.</summary>
    public IReadOnlyList<ActiveOffload> Offloads => [.. ports.SelectMany(port => port.Offloads)];

    /// <summary>Opens the adapters; if one fails, those before it are closed again.</summary>
    /// <param name="settings">The ports, valid (<see cref="SwitchLayout.Validate(IReadOnlyList{SwitchPortSettings}, Stores.ConfigurationSnapshot)"/>).</param>
    /// <param name="switching">How the switch works.</param>
    /// <param name="options">How to open the adapters.</param>
    /// <exception cref="MacSegmentationException">Those of <see cref="SwitchOptions.Validate"/> and <see cref="LivePort.Open"/>; of tunnels: TunnelNotSupported, TunnelAddressMissing, InvalidTunnel, TunnelPortInUse, TunnelFailed.</exception>
    public static LiveSwitch Open(IReadOnlyList<SwitchPortSettings> settings, SwitchOptions switching, LivePortOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(switching);
        switching.Validate();
        var opened = new List<LivePort>();
        try
        {
            var underlays = new Underlays();
            opened.AddRange(settings.Select(port => port.Tunnel is null ? LivePort.Open(port.Adapter, options) : LivePort.OpenTunnel(port, underlays)));
            var ports = settings.Zip(opened, (port, live) => port.Metadata == MetadataKind.None
                ? new SwitchPortAssignment(port, live.Source, live.Sink)
                : new SwitchPortAssignment(port, new MetadataSource(live.Source), new MetadataSink(live.Sink)));
            return new LiveSwitch(opened, new SwitchLayout([.. ports], switching));
        }
        catch
        {
            opened.ForEach(port => port.Dispose());
            throw;
        }
    }

    /// <summary>Closes all, if no enforcer was started with them.</summary>
    public void Dispose() => ports.ForEach(port => port.Dispose());
}
