using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Switch.Lookup;

/// <summary>A neighbour solicitation (135) or advertisement (136), with or without its link-layer address option.</summary>
internal sealed record SentNeighbor(byte Type, string From, string Target, MacAddress? Option) : SentPayload
{
    public const byte Solicitation = 135;
    public const byte Advertisement = 136;

    public override byte[] Build(MacAddress source, MacAddress destination)
    {
        byte[] option = [];
        if (Option is { } mac)
        {
            option = [Type == Advertisement ? (byte)2 : (byte)1, 1, 0, 0, 0, 0, 0, 0];
            mac.CopyTo(option.AsSpan(2));
        }

        return new FrameBuilder(source, destination) { HopLimit = 255 }
            .Icmp(IP(From), IP("ff02::1"), Type, 0, [0, 0, 0, 0, .. IP(Target).GetAddressBytes(), .. option]);
    }

    public override string ToString() => $"{(Type == Advertisement ? "na" : "ns")} {From}: {Target}@{Option?.ToString() ?? "?"}";
}
