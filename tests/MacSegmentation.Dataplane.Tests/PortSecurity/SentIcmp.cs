using MacSegmentation.Addressing;

namespace MacSegmentation.PortSecurity;

/// <summary>An ICMP or ICMPv6 message that is not neighbour discovery's.</summary>
internal sealed record SentIcmp(MacAddress Mac, string Source, SentPart Part, byte Type) : SentPacket(Mac, Source, Part)
{
    protected override byte[] BuildWhole() => Builder.Icmp(SourceAddress, ReceiverAddress, Type, 0, new byte[24]);
}
