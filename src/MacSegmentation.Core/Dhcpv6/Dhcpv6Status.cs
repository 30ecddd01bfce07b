using System.Buffers.Binary;
using System.Text;

namespace MacSegmentation.Dhcpv6;

/// <summary>How something went, with a sentence.</summary>
/// <param name="Code">The number.</param>
/// <param name="Message">The sentence; may be empty.</param>
public readonly record struct Dhcpv6Status(Dhcpv6StatusCode Code, string Message)
{
    /// <summary>The status among options: Success if there is none (section 21.13), null if what stands there is none.</summary>
    /// <param name="options">Options.</param>
    public static Dhcpv6Status? Read(IReadOnlyList<Dhcpv6Option> options) => Dhcpv6Option.Find(options, Dhcpv6OptionCode.StatusCode) switch
    {
        null => new Dhcpv6Status(Dhcpv6StatusCode.Success, string.Empty),
        { Value: { Length: >= 2 } value } => new Dhcpv6Status((Dhcpv6StatusCode)BinaryPrimitives.ReadUInt16BigEndian(value.Span), Encoding.UTF8.GetString(value.Span[2..])),
        _ => null,
    };

    /// <summary>The status as an option.</summary>
    public Dhcpv6Option ToOption()
    {
        byte[] octets = new byte[2 + Encoding.UTF8.GetByteCount(Message)];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)Code);
        Encoding.UTF8.GetBytes(Message, octets.AsSpan(2));
        return new Dhcpv6Option(Dhcpv6OptionCode.StatusCode, octets);
    }
}
