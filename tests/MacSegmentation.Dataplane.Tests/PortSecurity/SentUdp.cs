using MacSegmentation.Addressing;

namespace MacSegmentation.PortSecurity;

internal sealed record SentUdp(MacAddress Mac, string Source, SentPart Part, int SourcePort, int DestinationPort, byte Operation, MacAddress? Client = null, bool IsRelayed = false)
    : SentPacket(Mac, Source, Part)
{
    protected override byte[] BuildWhole()
    {
        byte[] message = [Operation, 1, 6, 0];
        if (Client is { } client)
        {
            message = [.. message, .. new byte[20], (byte)(IsRelayed ? 10 : 0), 0, 0, 0, .. new byte[16]];
            client.CopyTo(message.AsSpan(28));
        }

        return Builder.Udp(SourceAddress, ReceiverAddress, SourcePort, DestinationPort, message);
    }
}
