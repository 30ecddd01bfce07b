using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Addressing;

/// <summary>
/// A protocol above IP by its number (IANA, Assigned Internet Protocol Numbers), or any. Written by name where the name is usual: Tcp, Udp,
/// Icmp, IcmpV6, Any.
/// </summary>
public readonly record struct IpProtocol : IParsable<IpProtocol>
{
    private readonly short numberAndOne;

    /// <summary>Creates a protocol.</summary>
    /// <param name="number">0 to 255.</param>
    public IpProtocol(byte number) => numberAndOne = (short)(number + 1);

    /// <summary>Every protocol: the default.</summary>
    public static IpProtocol Any => default;

    /// <summary>ICMP for IPv4, 1.</summary>
    public static IpProtocol Icmp => new(1);

    /// <summary>TCP, 6.</summary>
    public static IpProtocol Tcp => new(6);

    /// <summary>UDP, 17.</summary>
    public static IpProtocol Udp => new(17);

    /// <summary>ICMP for IPv6, 58.</summary>
    public static IpProtocol IcmpV6 => new(58);

    /// <summary>The number, or null for any.</summary>
    public byte? Number => numberAndOne == 0 ? null : (byte)(numberAndOne - 1);

    /// <summary>True for the protocols whose ports a rule can name: TCP and UDP.</summary>
    public bool HasPorts => this == Tcp || this == Udp;

    /// <summary>Reads a name (Any, Icmp, Tcp, Udp, IcmpV6, in any case) or a number.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static IpProtocol Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var protocol)
        ? protocol
        : throw new FormatException($"'{s}' is no protocol. Give Tcp, Udp, Icmp, IcmpV6, Any, or a number from 0 to 255.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out IpProtocol result)
    {
        (bool known, result) = s?.Trim().ToUpperInvariant() switch
        {
            "ANY" or "*" => (true, Any),
            "ICMP" or "ICMPV4" => (true, Icmp),
            "TCP" => (true, Tcp),
            "UDP" => (true, Udp),
            "ICMPV6" => (true, IcmpV6),
            { } text when byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) => (true, new IpProtocol(number)),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The usual name, or the number.</summary>
    public override string ToString() => Number switch
    {
        null => "Any",
        1 => "Icmp",
        6 => "Tcp",
        17 => "Udp",
        58 => "IcmpV6",
        { } number => number.ToString(CultureInfo.InvariantCulture),
    };
}
