using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;

namespace MacSegmentation.Bridging;

/// <summary>What a switch does, in words: for events and traces, never on a frame's way.</summary>
internal static class SwitchExplanation
{
    private const int NamedRecords = 4;

    /// <summary>What failed, and what would have been right; null if the reason says it all.</summary>
    public static string? OfRefusal(SwitchTables tables, SwitchPort port, in Frame frame, in FrameHeader header, VerdictReason reason, AddressClaim refused)
    {
        if (frame.Bytes.Length < FrameHeader.UntaggedLength)
        {
            return null;
        }

        PacketHeader.Read(frame.Bytes, frame.OriginalLength, out var packet);
        return reason switch
        {
            VerdictReason.VlanNotAllowed when port.Vlans.UntaggedVlan == 0 => $"{NameOf(port)} carries {port.Vlans}, each with a tag.",
            VerdictReason.VlanNotAllowed => $"{NameOf(port)} carries {port.Vlans}, where u marks the VLAN without a tag.",
            VerdictReason.AddressHeldElsewhere => OfClaim(tables, header.VlanId, refused),
            VerdictReason.SecurityGroup or VerdictReason.FlowTableFull or VerdictReason.TruncatedHeader or VerdictReason.FragmentNotAllowed => $"{OfPacket(packet)}.",
            _ when port.Guard is { } guard && reason is >= VerdictReason.SourceMacNotAllowed and <= VerdictReason.ArpRateLimit => ToSentence(guard.Describe(reason, header, packet, frame.Bytes)),
            _ => null,
        };
    }

    public static string OfSecurity(SwitchPort port) => port.Record switch
    {
        null => "The port has no interface record: no port security.",
        { PortSecurity: false } => $"Port security of {port.Record.Name} is off.",
        _ => $"The addresses are those of {port.Record.Name}.",
    };

    public static string OfGroups(SwitchPort from, SwitchPort to, in PacketHeader packet) =>
        $"{OfPacket(packet)}: from {OfMembership(from)} to {OfMembership(to)}.";

    /// <summary>The port, and the record whose port it is; in a trace they have one name.</summary>
    public static string NameOf(SwitchPort port) => port.Settings.MacInterface is { } record && !string.Equals(record, port.Source.Name, StringComparison.Ordinal)
        ? $"{record} ({port.Source.Name})"
        : port.Source.Name;

    /// <summary>The packet as one line, such as <c>Tcp 10.0.0.11:40000 -> 10.0.0.12:80</c>.</summary>
    public static string OfPacket(in PacketHeader packet)
    {
        if (packet.Network is NetworkProtocol.Other or NetworkProtocol.Arp)
        {
            return packet.Network == NetworkProtocol.Arp
                ? $"Arp {IpNumber.ToAddress(packet.Source)} -> {IpNumber.ToAddress(packet.Destination)}"
                : $"EtherType 0x{packet.EtherType:x4}";
        }

        string source = packet.SourcePort == 0 ? string.Empty : $":{packet.SourcePort}";
        string destination = packet.DestinationPort == 0 ? string.Empty : $":{packet.DestinationPort}";
        return $"{new SecurityGroups.IpProtocol(packet.Protocol)} {IpNumber.ToAddress(packet.Source)}{source} -> {IpNumber.ToAddress(packet.Destination)}{destination}";
    }

    /// <summary>A part of a sentence as a whole one.</summary>
    public static string ToSentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

    private static string OfMembership(SwitchPort port) => port.Record is { SecurityGroup.Count: > 0 } record
        ? $"{NameOf(port)} in {string.Join(", ", record.SecurityGroup)}"
        : $"{NameOf(port)} in no group";

    private static string OfClaim(SwitchTables tables, int vlanId, AddressClaim claim)
    {
        var mac = new MacAddress(claim.Mac);
        var address = claim.Address is { } number ? IpNumber.ToAddress(number) : null;
        var records = tables.Interfaces
            .Where(record => record.VlanId == vlanId && (address is null ? Has(record, mac) : Has(record, address)))
            .Select(record => record.Name)
            .Take(NamedRecords);
        return $"{(address is null ? mac : $"{address} with {mac}")} is an address of {string.Join(", ", records)}.";
    }

    private static bool Has(MacInterface record, MacAddress address) => record.MacAddress == address || record.AddressPair.Any(pair => pair.MacAddress == address);

    private static bool Has(MacInterface record, System.Net.IPAddress address) =>
        record.IPAddress.Any(known => known.Address.Equals(address)) || record.AddressPair.Any(pair => pair.IPAddress.Equals(address));
}
