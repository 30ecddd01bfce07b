using MacSegmentation.Carriers;
using MacSegmentation.Errors;

namespace MacSegmentation.Tunnels;

/// <summary>What can go wrong when a tunnel port is opened.</summary>
internal static class TunnelErrors
{
    public static MacSegmentationException NotHere(string port) => new(
        "TunnelNotSupported", MacErrorKind.Unavailable, $"The port {port} is a tunnel, and tunnels need Linux. Leave it out, or run the enforcer there.", port);

    public static MacSegmentationException NoAddress(string adapter, TunnelSettings tunnel) => new(
        "TunnelAddressMissing",
        MacErrorKind.InvalidArgument,
        $"The adapter {adapter} has no {(tunnel.IsIPv6 ? "IPv6" : "IPv4")} address, and the remote {tunnel.Remotes[0]} is of that family. Give the adapter one, or name remotes of the other family.",
        adapter);

    public static MacSegmentationException IsOwnAddress(string adapter, object address) => new(
        "InvalidTunnel", MacErrorKind.InvalidArgument, $"The remote {address} is the adapter {adapter}'s own address. Give the addresses of the other ends.", address);

    public static MacSegmentationException TwoFamilies(string adapter, TunnelSettings tunnel) => new(
        "InvalidTunnel",
        MacErrorKind.InvalidArgument,
        $"The tunnels on the adapter {adapter} are of two address families: {tunnel.Name} leads to {tunnel.Remotes[0]}. Tunnels of one kind on one adapter share its address: put those of the other family on another adapter.",
        adapter);

    public static MacSegmentationException InUse(string adapter, object address, TunnelSettings tunnel) => new(
        "TunnelPortInUse",
        MacErrorKind.InUse,
        $"UDP port {tunnel.UdpPort} of {address} ({adapter}) is taken, by another enforcer or by a tunnel of the system (ip -d link show type {(tunnel.Kind == TunnelKind.Vxlan ? "vxlan" : "geneve")}). Stop that one, or use another adapter.",
        adapter);

    public static MacSegmentationException Failed(string adapter, string detail) =>
        new("TunnelFailed", MacErrorKind.Unavailable, $"The tunnel on {adapter} could not be opened ({detail.TrimEnd('.')}). Look whether the adapter is up and has its address: ip address show {adapter}.", adapter);
}
