using System.Buffers.Binary;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>A virtual router's advertisement: VRRP version 2 (RFC 3768, IPv4) or 3 (RFC 9568, both families).</summary>
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

    /// <summary>Reads the advertisement that the packet is, if a router would believe it. Whoever takes notice of one reads it here.</summary>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <param name="advertisement">The advertisement.</param>
    /// <returns>
    /// False if the packet is none, is a fragment of one, or is not valid (RFC 9568 section 7.1, RFC 3768 section 7.1): it came over a router (a hop limit other than 255),
    /// its checksum is wrong, or it is malformed: another version or type, no virtual router, no address or another family's, or cut.
    /// </returns>
    public static bool TryRead(in PacketHeader packet, ReadOnlySpan<byte> frame, out VrrpAdvertisement advertisement)
    {
        advertisement = default;
        if (!Is(packet) || packet.IsFragment || packet.State != PacketState.Complete || packet.HopLimit != byte.MaxValue)
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
        if (count == 0 || body[1] == 0 || body.Length < HeaderLength + length || !HasRightChecksum(packet, body))
        {
            return false;
        }

        advertisement = new VrrpAdvertisement(body[1], count, body.Slice(HeaderLength, length), isIPv4);
        return isIPv4 || !advertisement.HasMappedAddress();
    }

    /// <summary>What is wrong with an advertisement that <see cref="TryRead"/> does not read, for a person: what follows "VRRP".</summary>
    internal static string DescribeFault(in PacketHeader packet, ReadOnlySpan<byte> frame) =>
        packet.HopLimit != byte.MaxValue ? $"with hop limit {packet.HopLimit} in place of 255"
        : packet.State == PacketState.Complete && !HasRightChecksum(packet, frame[packet.TransportOffset..packet.End]) ? "with a wrong checksum"
        : "that is malformed";

    /// <summary>
    /// Version 3 sums up the pseudo header with the message, in both families (RFC 9568 section 5.2.8), but some of its routers leave it out in IPv4; version 2 has
    /// none (RFC 3768 section 5.3.8).
    /// </summary>
    private static bool HasRightChecksum(in PacketHeader packet, ReadOnlySpan<byte> body) =>
        (packet.Network == NetworkProtocol.IPv4 && InternetChecksum.IsRight(body))
        || (body[0] == Version3Advertisement && InternetChecksum.IsRight(packet.Source, packet.Destination, ProtocolNumbers.Vrrp, body));

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
