using MacSegmentation.Addressing;

namespace MacSegmentation.PortSecurity;

internal sealed record SentTcp(MacAddress Mac, string Source, SentPart Part) : SentPacket(Mac, Source, Part)
{
    protected override byte[] BuildWhole() => Builder.Tcp(SourceAddress, ReceiverAddress, 40_000, 443);
}
