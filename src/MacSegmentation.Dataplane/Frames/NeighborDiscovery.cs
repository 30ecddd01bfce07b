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

    /// <summary>Reads the message that the packet is.</summary>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <param name="message">The message.</param>
    /// <returns>
    /// False if the packet is no such message, is a fragment of one, or is malformed: cut, an option without length or longer than the
    /// message, an address that is no Ethernet address or no IPv6 address, or two that contradict each other.
    /// </returns>
    public static bool TryRead(in PacketHeader packet, ReadOnlySpan<byte> frame, out NeighborDiscovery message)
    {
        message = default;
        if (!Is(packet) || packet.IsFragment)
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
        return !IpNumber.IsIPv4(target);
    }

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
