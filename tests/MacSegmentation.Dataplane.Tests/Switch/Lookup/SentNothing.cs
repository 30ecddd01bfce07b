using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Switch.Lookup;

/// <summary>Nothing that anybody reads.</summary>
internal sealed record SentNothing : SentPayload
{
    public override byte[] Build(MacAddress source, MacAddress destination) => new FrameBuilder(source, destination).Ethernet(0x88B5, [1, 2, 3]);

    public override string ToString() => "-";
}
