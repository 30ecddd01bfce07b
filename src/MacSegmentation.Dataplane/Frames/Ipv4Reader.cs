using System.Buffers.Binary;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>Reads an IPv4 header (RFC 791 section 3.1) and the transport header behind it.</summary>
internal static class Ipv4Reader
{
    public const int MinimumLength = 20;
    private const int MoreFragments = 0x2000;
    private const int FragmentOffset = 0x1FFF;

    public static void Read(ReadOnlySpan<byte> frame, int originalLength, ref PacketFields packet)
    {
        int offset = packet.NetworkOffset;
        var header = frame[offset..];
        if (header.Length < MinimumLength)
        {
            packet.State = PacketState.TruncatedNetwork;
            return;
        }

        // A version other than 4 makes the length of the header 0 or more than 60, and is found with it.
        int headerLength = (header[0] ^ 0x40) * sizeof(uint);
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        if (headerLength is < MinimumLength or > 60 || headerLength > header.Length || totalLength < headerLength || totalLength > originalLength - offset)
        {
            packet.State = PacketState.TruncatedNetwork;
            return;
        }

        int end = Math.Min(offset + totalLength, frame.Length);
        packet.End = end;
        packet.Source = IpNumber.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(header[12..]));
        packet.Destination = IpNumber.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(header[16..]));
        packet.HopLimit = header[8];
        packet.Protocol = header[9];

        int fragment = BinaryPrimitives.ReadUInt16BigEndian(header[6..]) & (MoreFragments | FragmentOffset);
        if (fragment != 0)
        {
            packet.IsFragment = true;
            packet.IsFirstFragment = (fragment & FragmentOffset) == 0;
            packet.FragmentId = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        }

        TransportReader.Read(frame[..end], offset + headerLength, fragment & FragmentOffset, ref packet);
    }
}
