using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.PortSecurity;

/// <summary>A message of IGMP: 17 is a query, the others are reports.</summary>
internal sealed record SentIgmp(MacAddress Mac, string Source, SentPart Part, byte Type) : SentPacket(Mac, Source, Part)
{
    protected override byte[] BuildWhole() => Builder.IP(SourceAddress, ReceiverAddress, ProtocolNumbers.Igmp, [Type, 0, 0, 0, 224, 0, 0, 18]);
}
