using System.Buffers.Binary;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>A virtual router's advertisement: VRRP version 2 (RFC 3768, IPv4) or 3 (RFC 5798, both families).</summary>
public readonly ref struct VrrpAdvertisement
{
    private const int HeaderLength = 8;
    private const byte Version2Advertisement = 0x21;
    private const byte Version3Advertisement = 0x31;

    private readonly ReadOnlySpan<byte> addresses;
    private readonly bool isIPv4;

    private VrrpAdvertisement(byte virtualRouterId, int count, ReadOnlySpan<byte> addresses, bool isIPv4)
    {
        VirtualRouterId = virtualRouterId;
        Count = count;
        this.addresses = addresses;
        this.isIPv4 = isIPv4;
    }

    /// <summary>The virtual router, 1 to 255.</summary>
    public byte VirtualRouterId { get; }

    /// <summary>How many addresses it advertises, 1 to 255.</summary>
    public int Count { get; }

    /// <summary>One of the addresses that it advertises, as <see cref="IpNumber"/>.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public UInt128 this[int index] => isIPv4
        ? IpNumber.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(addresses[(index * 4)..]))
        : BinaryPrimitives.ReadUInt128BigEndian(addresses[(index * 16)..]);

    /// <summary>True if the packet is VRRP's, well-formed or not, or a fragment of it.</summary>
    /// <param name="packet">The packet's headers.</param>
    public static bool Is(in PacketHeader packet) =>
        packet.Protocol == ProtocolNumbers.Vrrp && packet.Network is NetworkProtocol.IPv4 or NetworkProtocol.IPv6;

    /// <summary>Reads the advertisement that the packet is.</summary>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <param name="advertisement">The advertisement.</param>
    /// <returns>
    /// False if the packet is none, is a fragment of one, or is malformed: another version or type, no address or another family's, or cut.
    /// </returns>
    public static bool TryRead(in PacketHeader packet, ReadOnlySpan<byte> frame, out VrrpAdvertisement advertisement)
    {
        advertisement = default;
        if (!Is(packet) || packet.IsFragment || packet.State != PacketState.Complete)
        {
            return false;
        }

        bool isIPv4 = packet.Network == NetworkProtocol.IPv4;
        var body = frame[packet.TransportOffset..packet.End];
        if (body.Length < HeaderLength || !(body[0] == Version3Advertisement || (isIPv4 && body[0] == Version2Advertisement)))
        {
            return false;
        }

        int count = body[3];
        int length = count * (isIPv4 ? 4 : 16);
        if (count == 0 || body.Length < HeaderLength + length)
        {
            return false;
        }

        advertisement = new VrrpAdvertisement(body[1], count, body.Slice(HeaderLength, length), isIPv4);
        return isIPv4 || !advertisement.HasMappedAddress();
    }

    /// <summary>True if an IPv6 advertisement names an IPv4 address (::ffff:a.b.c.d).</summary>
    private bool HasMappedAddress()
    {
        for (int i = 0; i < Count; i++)
        {
            if (IpNumber.IsIPv4(this[i]))
            {
                return true;
            }
        }

        return false;
    }
}
