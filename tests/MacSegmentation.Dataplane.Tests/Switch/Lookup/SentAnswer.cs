using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Switch.Lookup;

/// <summary>The answer to an ARP request (RFC 826) or a neighbour solicitation (RFC 4861 section 7.2.4).</summary>
internal sealed record SentAnswer(SentPayload Question, MacAddress Mac) : SentPayload
{
    public override byte[] Build(MacAddress source, MacAddress destination)
    {
        var builder = new FrameBuilder(source, destination) { HopLimit = 255 };
        if (Question is SentArp request)
        {
            return builder.Arp(2, IP(request.Target), IP(request.Sender), Mac, request.SenderMac);
        }

        // Solicited and overriding; to who has no address yet, overriding and to all nodes.
        var solicitation = (SentNeighbor)Question;
        bool isDetection = solicitation.From is "::";
        byte[] option = [2, 1, 0, 0, 0, 0, 0, 0];
        Mac.CopyTo(option.AsSpan(2));
        byte[] target = IPAddress.Parse(solicitation.Target).GetAddressBytes();
        return builder.Icmp(IP(solicitation.Target), IP(isDetection ? "ff02::1" : solicitation.From), 136, 0, [isDetection ? (byte)0x20 : (byte)0x60, 0, 0, 0, .. target, .. option]);
    }
}
