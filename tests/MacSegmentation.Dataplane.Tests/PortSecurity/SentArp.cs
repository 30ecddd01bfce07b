using System.Net;
using MacSegmentation.Addressing;

namespace MacSegmentation.PortSecurity;

internal sealed record SentArp(MacAddress Mac, int Operation, MacAddress SenderMac, string Sender) : SentFrame(Mac)
{
    public override byte[] Build() => Builder.Arp(Operation, IPAddress.Parse(Sender), IPAddress.Parse("10.0.0.1"), SenderMac);
}
