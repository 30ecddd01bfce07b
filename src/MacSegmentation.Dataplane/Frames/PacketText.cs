using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>Packets in words: for events and traces, never on a frame's way.</summary>
internal static class PacketText
{
    /// <summary>The packet as one line, such as <c>Tcp 10.0.0.11:40000 -> 10.0.0.12:80</c>.</summary>
    public static string Of(in PacketHeader packet)
    {
        if (packet.State == PacketState.TruncatedNetwork)
        {
            return packet.Network == NetworkProtocol.Other ? "a cut or invalid header" : $"{packet.Network} with a cut or invalid header";
        }

        if (packet.Network is NetworkProtocol.Other or NetworkProtocol.Arp)
        {
            return packet.Network == NetworkProtocol.Arp
                ? $"Arp {IpNumber.ToAddress(packet.Source)} -> {IpNumber.ToAddress(packet.Destination)}"
                : $"EtherType 0x{packet.EtherType:x4}";
        }

        string source = packet.SourcePort == 0 ? string.Empty : $":{packet.SourcePort}";
        string destination = packet.DestinationPort == 0 ? string.Empty : $":{packet.DestinationPort}";
        return $"{new IpProtocol(packet.Protocol)} {IpNumber.ToAddress(packet.Source)}{source} -> {IpNumber.ToAddress(packet.Destination)}{destination}";
    }
}
