using System.Buffers.Binary;

namespace MacSegmentation.Frames;

/// <summary>Writes the header of an answer: the addresses, the tags of what is answered, and the type.</summary>
internal static class EthernetHeader
{
    /// <summary>Octets of the shortest frame without its frame check sequence (IEEE 802.3-2022 clause 4A.4.2).</summary>
    public const int MinimumFrameLength = 60;

    private const int AddressLength = 6;
    private const int TypeOffset = 2 * AddressLength;

    /// <summary>Writes a MAC address.</summary>
    public static void WriteAddress(Span<byte> octets, ulong address)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)(address >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(octets[sizeof(ushort)..], (uint)address);
    }

    /// <summary>Writes the header of an answer, and clears what follows it up to the shortest frame's length.</summary>
    /// <param name="request">The frame that is answered, whose header is complete.</param>
    /// <param name="destination">The answer's destination.</param>
    /// <param name="source">The answer's source.</param>
    /// <param name="type">What follows the header.</param>
    /// <param name="payloadLength">How many octets of it.</param>
    /// <param name="reply">Takes the answer.</param>
    /// <param name="payloadOffset">Where the payload goes.</param>
    /// <returns>The answer's length in octets, or 0 if there is no room for it.</returns>
    public static int WriteReply(
        ReadOnlySpan<byte> request, ulong destination, ulong source, int type, int payloadLength, Span<byte> reply, out int payloadOffset)
    {
        int typeOffset = TypeOffset;
        while (TagStack.IsTag(BinaryPrimitives.ReadUInt16BigEndian(request[typeOffset..])))
        {
            typeOffset += TagStack.TagLength;
        }

        payloadOffset = typeOffset + sizeof(ushort);
        int length = Math.Max(payloadOffset + payloadLength, MinimumFrameLength);
        if (reply.Length < length)
        {
            return 0;
        }

        WriteAddress(reply, destination);
        WriteAddress(reply[AddressLength..], source);
        request[TypeOffset..typeOffset].CopyTo(reply[TypeOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(reply[typeOffset..], (ushort)type);
        reply[payloadOffset..length].Clear();
        return length;
    }
}
