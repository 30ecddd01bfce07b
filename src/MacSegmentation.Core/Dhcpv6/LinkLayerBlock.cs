using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Addressing;

namespace MacSegmentation.Dhcpv6;

/// <summary>A block of consecutive link-layer addresses: the LLADDR option (RFC 8947 section 11.2).</summary>
public sealed record LinkLayerBlock
{
    /// <summary>The hardware type of Ethernet (IANA's ARP parameters), whose addresses have six octets.</summary>
    public const int Ethernet = 1;

    /// <summary>A time without an end (RFC 9915 section 7.7).</summary>
    public const uint Infinity = uint.MaxValue;

    private const int FixedLength = 12;
    private const int MacLength = 6;

    /// <summary>The hardware type, 0 to 65535; <see cref="Ethernet"/> for MAC addresses.</summary>
    public int HardwareType { get; init; } = Ethernet;

    /// <summary>The first address, in as many octets as the type has; all zero in a client's wish for any.</summary>
    public ReadOnlyMemory<byte> Address { get; init; } = new byte[MacLength];

    /// <summary>Number of addresses after the first, 0 to 2^32 − 1.</summary>
    public uint ExtraAddresses { get; init; }

    /// <summary>Seconds for which the block is valid; <see cref="Infinity"/> for ever. A client's is 0 and not minded.</summary>
    public uint ValidLifetime { get; init; }

    /// <summary>Options of the block; none is defined yet.</summary>
    public IReadOnlyList<Dhcpv6Option> Options { get; init; } = [];

    /// <summary>The first address if it is one of Ethernet, else null.</summary>
    public MacAddress? MacAddress => HardwareType == Ethernet && Address.Length == MacLength ? Addressing.MacAddress.FromOctets(Address.Span) : null;

    /// <summary>The block of addresses of Ethernet.</summary>
    /// <param name="range">The addresses, at most 2^32.</param>
    /// <param name="validLifetime">Seconds for which the block is valid.</param>
    public static LinkLayerBlock Of(MacRange range, uint validLifetime)
    {
        byte[] octets = new byte[MacLength];
        range.First.CopyTo(octets);
        return new LinkLayerBlock { Address = octets, ExtraAddresses = checked((uint)(range.Count - 1)), ValidLifetime = validLifetime };
    }

    /// <summary>The block's addresses if they are of Ethernet and no more than there are, else null.</summary>
    public MacRange? ToRange() => MacAddress is { } first && first.Value + ExtraAddresses <= Addressing.MacAddress.Broadcast.Value
        ? new MacRange(first, new MacAddress(first.Value + ExtraAddresses))
        : null;

    /// <summary>Reads the option; false if it is cut off or longer than it says.</summary>
    /// <param name="octets">What the option holds.</param>
    /// <param name="block">The block.</param>
    public static bool TryRead(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out LinkLayerBlock? block)
    {
        block = null;
        var span = octets.Span;
        if (span.Length < FixedLength)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(span[2..]);
        if (length > span.Length - FixedLength || !Dhcpv6Option.TryReadAll(octets[(FixedLength + length)..], out var options))
        {
            return false;
        }

        block = new LinkLayerBlock
        {
            HardwareType = BinaryPrimitives.ReadUInt16BigEndian(span),
            Address = octets.Slice(4, length),
            ExtraAddresses = BinaryPrimitives.ReadUInt32BigEndian(span[(4 + length)..]),
            ValidLifetime = BinaryPrimitives.ReadUInt32BigEndian(span[(8 + length)..]),
            Options = options,
        };
        return true;
    }

    /// <summary>The block as an option.</summary>
    public Dhcpv6Option ToOption()
    {
        byte[] head = new byte[FixedLength + Address.Length];
        BinaryPrimitives.WriteUInt16BigEndian(head, checked((ushort)HardwareType));
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), checked((ushort)Address.Length));
        Address.Span.CopyTo(head.AsSpan(4));
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4 + Address.Length), ExtraAddresses);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8 + Address.Length), ValidLifetime);
        return new Dhcpv6Option(Dhcpv6OptionCode.LlAddr, Dhcpv6Option.Write(head, Options));
    }
}
