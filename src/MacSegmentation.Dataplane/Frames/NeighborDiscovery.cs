using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>A neighbour discovery message (RFC 4861 section 4): what it says of whose address.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "A message is read and forgotten; nobody compares two.")]
public readonly struct NeighborDiscovery
{
    private const byte SourceOption = 1;
    private const byte TargetOption = 2;
    private const int OptionUnit = 8;
    private const int TargetOffset = 8;
    private const int DestinationOffset = 24;
    private const uint SolicitedFlag = 0x4000_0000;

    private NeighborDiscovery(byte type, UInt128 target, ulong? linkLayerAddress)
    {
        Type = type;
        Target = target;
        LinkLayerAddress = linkLayerAddress;
    }

    /// <summary>The ICMPv6 type: 133 and 134 router solicitation and advertisement, 135 and 136 the neighbour's, 137 redirect.</summary>
    public byte Type { get; }

    /// <summary>The target of a neighbour solicitation or advertisement or of a redirect; 0 in the others.</summary>
    public UInt128 Target { get; }

    /// <summary>
    /// The MAC address of the option that belongs to the message: the target's in a neighbour advertisement and a redirect, the source's in
    /// the others. Null if there is none.
    /// </summary>
    public ulong? LinkLayerAddress { get; }

    /// <summary>True if the packet is such a message, well-formed or not, or the first fragment of one.</summary>
    /// <param name="packet">The packet's headers.</param>
    public static bool Is(in PacketHeader packet) =>
        packet.Network == NetworkProtocol.IPv6
        && packet.Protocol == ProtocolNumbers.IcmpV6
        && packet.IcmpType is >= IcmpTypes.RouterSolicitation and <= IcmpTypes.Redirect;

    /// <summary>Reads the message that the packet is, if a host would believe it. Whoever takes notice of neighbour discovery reads it here.</summary>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <param name="message">The message.</param>
    /// <returns>
    /// False if the packet is no such message, is a fragment of one (RFC 6980 section 5), or is not valid (RFC 4861 sections 6.1, 7.1 and 8.1): it came over a router
    /// (a hop limit other than 255), its code is not 0, its checksum is wrong, it has a link-layer address and no source, or addresses that do not go with it; or it is
    /// malformed: cut, an option without length or longer than the message, an address that is no Ethernet address or no IPv6 address, or two that contradict each other.
    /// </returns>
    public static bool TryRead(in PacketHeader packet, ReadOnlySpan<byte> frame, out NeighborDiscovery message)
    {
        message = default;
        if (!Is(packet) || packet.IsFragment || packet.HopLimit != byte.MaxValue || packet.IcmpCode != 0)
        {
            return false;
        }

        var body = frame[packet.TransportOffset..packet.End];
        int options = OptionsOffset(packet.IcmpType);
        byte wanted = packet.IcmpType is IcmpTypes.NeighborAdvertisement or IcmpTypes.Redirect ? TargetOption : SourceOption;
        if (body.Length < options || !TryReadAddress(body[options..], wanted, out ulong? address))
        {
            return false;
        }

        var target = packet.IcmpType >= IcmpTypes.NeighborSolicitation ? BinaryPrimitives.ReadUInt128BigEndian(body[TargetOffset..]) : UInt128.Zero;
        message = new NeighborDiscovery(packet.IcmpType, target, address);
        return !IpNumber.IsIPv4(target)
            && message.HasFittingAddresses(packet, body)
            && InternetChecksum.IsRight(packet.Source, packet.Destination, ProtocolNumbers.IcmpV6, body);
    }

    /// <summary>What is wrong with a message that <see cref="TryRead"/> does not read, for a person: what follows "neighbour discovery".</summary>
    internal static string DescribeFault(in PacketHeader packet, ReadOnlySpan<byte> frame) =>
        packet.HopLimit != byte.MaxValue ? $"with hop limit {packet.HopLimit} in place of 255"
        : packet.IcmpCode != 0 ? $"with code {packet.IcmpCode} in place of 0"
        : !InternetChecksum.IsRight(packet.Source, packet.Destination, ProtocolNumbers.IcmpV6, frame[packet.TransportOffset..packet.End]) ? "with a wrong checksum"
        : "that is malformed or has addresses that do not go together";

    private static bool IsMulticast(UInt128 address) => address >> 120 == 0xFF;

    private bool HasFittingAddresses(in PacketHeader packet, ReadOnlySpan<byte> body) => Type switch
    {
        IcmpTypes.RouterSolicitation => packet.Source != UInt128.Zero || LinkLayerAddress is null,
        IcmpTypes.RouterAdvertisement => LinkLocal.Is(packet.Source),

        // Who has no address yet asks the group of the one that it wants to have, and has no link-layer address to tell.
        IcmpTypes.NeighborSolicitation => !IsMulticast(Target)
            && (packet.Source != UInt128.Zero || (LinkLayerAddress is null && IsMulticast(packet.Destination))),

        // What is said to all answers nobody.
        IcmpTypes.NeighborAdvertisement => !IsMulticast(Target)
            && !(IsMulticast(packet.Destination) && (BinaryPrimitives.ReadUInt32BigEndian(body[sizeof(uint)..]) & SolicitedFlag) != 0),
        _ => LinkLocal.Is(packet.Source) && !IsMulticast(BinaryPrimitives.ReadUInt128BigEndian(body[DestinationOffset..])),
    };

    private static int OptionsOffset(byte type) => type switch
    {
        IcmpTypes.RouterSolicitation => 8,
        IcmpTypes.RouterAdvertisement => 16,
        IcmpTypes.Redirect => 40,
        _ => 24,
    };

    /// <summary>Looks through all options (RFC 4861 section 4.6) for the link-layer address of one kind.</summary>
    private static bool TryReadAddress(ReadOnlySpan<byte> options, byte wanted, out ulong? address)
    {
        address = null;
        while (!options.IsEmpty)
        {
            int length = options.Length < OptionUnit ? 0 : options[1] * OptionUnit;
            if (length == 0 || length > options.Length)
            {
                return false;
            }

            if (options[0] == wanted)
            {
                ulong found = BinaryPrimitives.ReadUInt64BigEndian(options) & 0xFFFF_FFFF_FFFF;
                if (length != OptionUnit || (address is { } earlier && earlier != found))
                {
                    return false;
                }

                address = found;
            }

            options = options[length..];
        }

        return true;
    }
}
