using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Dhcpv6;

/// <summary>A message between a client and a server (RFC 9915 section 8).</summary>
public sealed record Dhcpv6Message
{
    private const int HeadLength = 4;
    private const int MaxTransactionId = 0xFF_FFFF;

    /// <summary>Its type; none of the relays'.</summary>
    public required Dhcpv6MessageType Type { get; init; }

    /// <summary>What answers are matched by, 0 to 2^24 − 1.</summary>
    public required int TransactionId { get; init; }

    /// <summary>Its options, in their sequence.</summary>
    public required IReadOnlyList<Dhcpv6Option> Options { get; init; }

    /// <summary>The client's DUID; null if there is none, or what stands there is none.</summary>
    public Duid? ClientId => Duid.TryRead(Find(Dhcpv6OptionCode.ClientId)?.Value);

    /// <summary>The server's DUID; null if there is none, or what stands there is none.</summary>
    public Duid? ServerId => Duid.TryRead(Find(Dhcpv6OptionCode.ServerId)?.Value);

    /// <summary>The first option of a code, or null.</summary>
    /// <param name="code">The code.</param>
    public Dhcpv6Option? Find(Dhcpv6OptionCode code) => Dhcpv6Option.Find(Options, code);

    /// <summary>Reads a message; false for a relay's, and for what is cut off or longer than it says. Types that are not known are read.</summary>
    /// <param name="octets">The octets. The options keep them.</param>
    /// <param name="message">The message.</param>
    public static bool TryRead(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out Dhcpv6Message? message)
    {
        message = null;
        if (octets.Length < HeadLength || Dhcpv6RelayMessage.IsRelayed(octets.Span) || !Dhcpv6Option.TryReadAll(octets[HeadLength..], out var options))
        {
            return false;
        }

        uint head = BinaryPrimitives.ReadUInt32BigEndian(octets.Span);
        message = new Dhcpv6Message { Type = (Dhcpv6MessageType)(head >> 24), TransactionId = (int)(head & MaxTransactionId), Options = options };
        return true;
    }

    /// <summary>The message as it goes on the wire.</summary>
    public byte[] ToArray()
    {
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteUInt32BigEndian(head, ((uint)Type << 24) | ((uint)TransactionId & MaxTransactionId));
        return Dhcpv6Option.Write(head, Options);
    }
}
