using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.PortSecurity;

/// <summary>A neighbour discovery message of IPv6.</summary>
internal sealed record SentNeighbor(MacAddress Mac, string Source, SentPart Part, byte Type, string Target, MacAddress? Option, bool IsMalformed)
    : SentPacket(Mac, Source, Part)
{
    protected override byte[] BuildWhole()
    {
        byte[] target = IPAddress.Parse(Target).GetAddressBytes();
        byte[] head = Type switch
        {
            133 => new byte[4],
            134 => new byte[12],
            137 => [0, 0, 0, 0, .. target, .. target],
            _ => [0, 0, 0, 0, .. target],
        };
        byte[] option = [];
        if (Option is { } mac)
        {
            option = [Type is 136 or 137 ? (byte)2 : (byte)1, 1, 0, 0, 0, 0, 0, 0];
            mac.CopyTo(option.AsSpan(2));
        }

        // An option without length.
        byte[] broken = IsMalformed ? [14, 0, 0, 0, 0, 0, 0, 0] : [];
        return new FrameBuilder(Mac, Receiver) { HopLimit = 255 }.Icmp(SourceAddress, Source is "::" ? IPAddress.Parse("ff02::1:ff00:11") : ReceiverAddress, Type, 0, [.. head, .. option, .. broken]);
    }
}
