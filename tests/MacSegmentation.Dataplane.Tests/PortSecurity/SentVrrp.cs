using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.PortSecurity;

internal sealed record SentVrrp(MacAddress Mac, string Source, SentPart Part, byte HopLimit, string[] Addresses) : SentPacket(Mac, Source, Part)
{
    protected override byte[] BuildWhole()
    {
        byte[] advertisement = VrrpMessage.Version3(SourceAddress, ReceiverAddress, [.. Addresses.Select(IPAddress.Parse)]);
        return new FrameBuilder(Mac, Receiver) { HopLimit = HopLimit }.IP(SourceAddress, ReceiverAddress, 112, advertisement);
    }
}
