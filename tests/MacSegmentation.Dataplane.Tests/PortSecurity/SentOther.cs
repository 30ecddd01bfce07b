using MacSegmentation.Addressing;

namespace MacSegmentation.PortSecurity;

internal sealed record SentOther(MacAddress Mac, int Type = 0x88CC) : SentFrame(Mac)
{
    public override byte[] Build() => Builder.Ethernet(Type);
}
