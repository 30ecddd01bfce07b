using System.Buffers.Binary;
using System.Net;

namespace MacSegmentation.Frames;

/// <summary>Octets of VRRP advertisements, summed up as RFC 1071 tells it: 16 bits by 16 bits.</summary>
internal static class VrrpMessage
{
    /// <summary>A message of version 3, with its checksum over the pseudo header as well (RFC 9568 section 5.2.8).</summary>
    public static byte[] Version3(IPAddress source, IPAddress destination, params IPAddress[] addresses)
    {
        byte[] message = [0x31, 10, 100, (byte)addresses.Length, 0, 100, 0, 0, .. addresses.SelectMany(address => address.GetAddressBytes())];
        return Checked(message, [.. source.GetAddressBytes(), .. destination.GetAddressBytes(), 0, 0, 0, (byte)message.Length, 0, 0, 0, 112]);
    }

    /// <summary>A message with the right checksum.</summary>
    /// <param name="message">The message.</param>
    /// <param name="pseudoHeader">What is summed up with it.</param>
    public static byte[] Checked(byte[] message, byte[]? pseudoHeader = null)
    {
        message[6] = message[7] = 0;
        byte[] all = [.. pseudoHeader ?? [], .. message, 0];
        int sum = Enumerable.Range(0, all.Length / 2).Sum(at => BinaryPrimitives.ReadUInt16BigEndian(all.AsSpan(2 * at)));
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), (ushort)~sum);
        return message;
    }
}
