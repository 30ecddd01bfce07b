using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace MacSegmentation.Dhcpv6;

/// <summary>A message between a relay and a server, or another relay (RFC 9915 section 9).</summary>
public sealed record Dhcpv6RelayMessage
{
    /// <summary>HOP_COUNT_LIMIT (RFC 9915 section 7.6): the highest count of relays before the one that sends.</summary>
    public const int HopCountLimit = 8;

    private const int AddressLength = 16;
    private const int HeadLength = 2 + (2 * AddressLength);

    /// <summary>Relay-forward or Relay-reply.</summary>
    public required Dhcpv6MessageType Type { get; init; }

    /// <summary>Number of relays that have passed it on before, 0 to 255.</summary>
    public required int HopCount { get; init; }

    /// <summary>An address of the relay that tells the client's link; unspecified if something else does.</summary>
    public required IPAddress LinkAddress { get; init; }

    /// <summary>Where the relay had the message from.</summary>
    public required IPAddress PeerAddress { get; init; }

    /// <summary>Its options, in their sequence.</summary>
    public required IReadOnlyList<Dhcpv6Option> Options { get; init; }

    /// <summary>The message inside, or null.</summary>
    public ReadOnlyMemory<byte>? Inner => Dhcpv6Option.Find(Options, Dhcpv6OptionCode.RelayMessage)?.Value;

    /// <summary>True if the octets begin as a relay's message does.</summary>
    /// <param name="octets">The octets.</param>
    public static bool IsRelayed(ReadOnlySpan<byte> octets) => octets is [(byte)Dhcpv6MessageType.RelayForward or (byte)Dhcpv6MessageType.RelayReply, ..];

    /// <summary>Reads a relay's message; false for any other, and for what is cut off or longer than it says.</summary>
    /// <param name="octets">The octets. The options keep them.</param>
    /// <param name="message">The message.</param>
    public static bool TryRead(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out Dhcpv6RelayMessage? message)
    {
        message = null;
        if (octets.Length < HeadLength || !IsRelayed(octets.Span) || !Dhcpv6Option.TryReadAll(octets[HeadLength..], out var options))
        {
            return false;
        }

        message = new Dhcpv6RelayMessage
        {
            Type = (Dhcpv6MessageType)octets.Span[0],
            HopCount = octets.Span[1],
            LinkAddress = new IPAddress(octets.Span.Slice(2, AddressLength)),
            PeerAddress = new IPAddress(octets.Span.Slice(2 + AddressLength, AddressLength)),
            Options = options,
        };
        return true;
    }

    /// <summary>The message as it goes on the wire.</summary>
    public byte[] ToArray()
    {
        Span<byte> head = stackalloc byte[HeadLength];
        head[0] = (byte)Type;
        head[1] = (byte)HopCount;
        LinkAddress.MapToIPv6().TryWriteBytes(head[2..], out _);
        PeerAddress.MapToIPv6().TryWriteBytes(head[(2 + AddressLength)..], out _);
        return Dhcpv6Option.Write(head, Options);
    }
}
