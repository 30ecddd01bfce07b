using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.PortSecurity;

internal sealed record SentVrrp(MacAddress Mac, string Source, SentPart Part, byte HopLimit, string[] Addresses) : SentPacket(Mac, Source, Part)
{
    protected override byte[] BuildWhole()
    {
        var addresses = Addresses.SelectMany(text => IPAddress.Parse(text).GetAddressBytes());
        byte[] advertisement = [0x31, 10, 100, (byte)Addresses.Length, 0, 100, 0, 0, .. addresses];
        return new FrameBuilder(Mac, Receiver) { HopLimit = HopLimit }.IP(SourceAddress, ReceiverAddress, 112, advertisement);
    }
}
