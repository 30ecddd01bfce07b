using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Switch.Lookup;

/// <summary>A UDP datagram.</summary>
internal sealed record SentDatagram(string From, string To) : SentPayload
{
    public override byte[] Build(MacAddress source, MacAddress destination) => new FrameBuilder(source, destination).Udp(IP(From), IP(To), 4000, 5000, new byte[40]);

    public override string ToString() => $"udp {From} > {To}";
}
