using System.Buffers.Binary;

namespace MacSegmentation.Dhcpv6;

/// <summary>An option: a code and up to 65,535 octets (RFC 9915 section 21.1).</summary>
/// <param name="Code">The code.</param>
/// <param name="Value">What stands behind the length.</param>
public readonly record struct Dhcpv6Option(Dhcpv6OptionCode Code, ReadOnlyMemory<byte> Value)
{
    private const int HeaderLength = 4;

    /// <summary>Reads options to the end; false if one is longer than what is left.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="options">The options, in their sequence.</param>
    public static bool TryReadAll(ReadOnlyMemory<byte> octets, out IReadOnlyList<Dhcpv6Option> options)
    {
        var read = new List<Dhcpv6Option>();
        options = read;
        while (octets.Length >= HeaderLength)
        {
            int code = BinaryPrimitives.ReadUInt16BigEndian(octets.Span);
            int length = BinaryPrimitives.ReadUInt16BigEndian(octets.Span[2..]);
            if (length > octets.Length - HeaderLength)
            {
                return false;
            }

            read.Add(new Dhcpv6Option((Dhcpv6OptionCode)code, octets.Slice(HeaderLength, length)));
            octets = octets[(HeaderLength + length)..];
        }

        return octets.IsEmpty;
    }

    /// <summary>The first option of a code, or null.</summary>
    /// <param name="options">Options.</param>
    /// <param name="code">The code.</param>
    public static Dhcpv6Option? Find(IReadOnlyList<Dhcpv6Option> options, Dhcpv6OptionCode code)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var option in options)
        {
            if (option.Code == code)
            {
                return option;
            }
        }

        return null;
    }

    /// <summary>Writes options behind a head.</summary>
    /// <param name="head">What stands before them.</param>
    /// <param name="options">The options.</param>
    internal static byte[] Write(ReadOnlySpan<byte> head, IReadOnlyList<Dhcpv6Option> options)
    {
        byte[] octets = new byte[head.Length + options.Sum(option => HeaderLength + option.Value.Length)];
        head.CopyTo(octets);
        var rest = octets.AsSpan(head.Length);
        foreach (var option in options)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(option.Value.Length, ushort.MaxValue, nameof(options));
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)option.Code);
            BinaryPrimitives.WriteUInt16BigEndian(rest[2..], (ushort)option.Value.Length);
            option.Value.Span.CopyTo(rest[HeaderLength..]);
            rest = rest[(HeaderLength + option.Value.Length)..];
        }

        return octets;
    }
}
