using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Switch.Lookup;

/// <summary>An ARP packet: request or reply, probe or announcement.</summary>
internal sealed record SentArp(int Operation, MacAddress SenderMac, string Sender, string Target) : SentPayload
{
    public override byte[] Build(MacAddress source, MacAddress destination) =>
        new FrameBuilder(source, destination).Arp(Operation, IP(Sender), IP(Target), SenderMac);

    public override string ToString() => $"arp {Operation} {Sender}@{SenderMac} asks {Target}";
}
