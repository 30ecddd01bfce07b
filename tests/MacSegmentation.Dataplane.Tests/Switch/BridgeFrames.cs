using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Switch.Lookup;
using MacSegmentation.Frames;

namespace MacSegmentation.Switch;

/// <summary>Frames of a small network, in few words: MAC addresses and IP addresses as text, and a VLAN's tag or none.</summary>
internal static class BridgeFrames
{
    public const string MacA = "02:00:00:00:00:0a";
    public const string MacB = "02:00:00:00:00:0b";
    public const string MacC = "02:00:00:00:00:0c";
    public const string Virtual = "00:00:5e:00:01:0a";
    public const string Stranger = "02:00:00:00:00:99";
    public const string All = "ff:ff:ff:ff:ff:ff";

    public const string A = "10.0.0.11";
    public const string B = "10.0.0.12";
    public const string C = "10.0.0.13";
    public const string Shared = "10.0.0.100";

    public static byte[] Udp(string source, string destination, string from, string to, int? vlan = null) =>
        Builder(source, destination, vlan).Udp(IPAddress.Parse(from), IPAddress.Parse(to), 4000, 5000, new byte[64]);

    public static byte[] Arp(string source, int operation, string sender, string target, int? vlan = null, string to = All, string? senderMac = null) =>
        Builder(source, to, vlan).Arp(operation, IPAddress.Parse(sender), IPAddress.Parse(target), senderMac is null ? null : Mac(senderMac));

    public static byte[] Solicit(string source, string from, string target, int? vlan = null, string? option = null) =>
        Build(source, vlan, new SentNeighbor(SentNeighbor.Solicitation, from, target, option is null ? null : Mac(option)));

    public static byte[] Advertise(string source, string from, string target, int? vlan = null, string? option = null) =>
        Build(source, vlan, new SentNeighbor(SentNeighbor.Advertisement, from, target, option is null ? null : Mac(option)));

    public static byte[] Vrrp(string source, string from, int? vlan = null, params string[] addresses) =>
        Build(source, vlan, new SentVrrp(from, addresses.Length > 0 ? addresses : [Shared]));

    public static MacAddress Mac(string text) => MacAddress.Parse(text, provider: null);

    private static byte[] Build(string source, int? vlan, SentPayload payload) =>
        new SentFrame(Mac(source), MacAddress.Broadcast, vlan is { } id ? [(0x8100, 0, id)] : [], payload, IsCut: false).Build();

    private static FrameBuilder Builder(string source, string destination, int? vlan) => new(Mac(source), Mac(destination), vlan);
}
