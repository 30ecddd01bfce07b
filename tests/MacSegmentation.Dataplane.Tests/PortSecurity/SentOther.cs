using MacSegmentation.Addressing;

namespace MacSegmentation.PortSecurity;

internal sealed record SentOther(MacAddress Mac) : SentFrame(Mac)
{
    public override byte[] Build() => Builder.Ethernet(0x88CC);
}
