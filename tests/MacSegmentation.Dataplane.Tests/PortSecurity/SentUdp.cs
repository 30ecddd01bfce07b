using MacSegmentation.Addressing;

namespace MacSegmentation.PortSecurity;

internal sealed record SentUdp(MacAddress Mac, string Source, SentPart Part, int SourcePort, int DestinationPort, byte Operation)
    : SentPacket(Mac, Source, Part)
{
    protected override byte[] BuildWhole() => Builder.Udp(SourceAddress, ReceiverAddress, SourcePort, DestinationPort, [Operation, 1, 6, 0]);
}
