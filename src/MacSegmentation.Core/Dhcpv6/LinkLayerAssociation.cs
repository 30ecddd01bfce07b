using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Dhcpv6;

/// <summary>An identity association of link-layer addresses: the IA_LL option (RFC 8947 section 11.1).</summary>
public sealed record LinkLayerAssociation
{
    private const int FixedLength = 12;

    /// <summary>Its number, one of the client's own.</summary>
    public required uint Iaid { get; init; }

    /// <summary>Seconds until the client asks the same server again; <see cref="LinkLayerBlock.Infinity"/> for never. A client's is 0 and not minded.</summary>
    public uint T1 { get; init; }

    /// <summary>Seconds until the client asks any server; likewise.</summary>
    public uint T2 { get; init; }

    /// <summary>Its options: blocks, quadrants, a status.</summary>
    public IReadOnlyList<Dhcpv6Option> Options { get; init; } = [];

    /// <summary>The first block, or null.</summary>
    public LinkLayerBlock? Block => Dhcpv6Option.Find(Options, Dhcpv6OptionCode.LlAddr) is { } option && LinkLayerBlock.TryRead(option.Value, out var block) ? block : null;

    /// <summary>Reads the option; false if it, or a block or a list of quadrants in it, is cut off or longer than it says.</summary>
    /// <param name="octets">What the option holds.</param>
    /// <param name="association">The association.</param>
    public static bool TryRead(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out LinkLayerAssociation? association)
    {
        association = null;
        if (octets.Length < FixedLength || !Dhcpv6Option.TryReadAll(octets[FixedLength..], out var options))
        {
            return false;
        }

        foreach (var option in options)
        {
            if ((option.Code is Dhcpv6OptionCode.LlAddr && !LinkLayerBlock.TryRead(option.Value, out _))
                || (option.Code is Dhcpv6OptionCode.SlapQuad && !QuadrantPreference.TryRead(option.Value, out _))
                || (option.Code is Dhcpv6OptionCode.StatusCode && option.Value.Length < 2))
            {
                return false;
            }
        }

        association = new LinkLayerAssociation
        {
            Iaid = BinaryPrimitives.ReadUInt32BigEndian(octets.Span),
            T1 = BinaryPrimitives.ReadUInt32BigEndian(octets.Span[4..]),
            T2 = BinaryPrimitives.ReadUInt32BigEndian(octets.Span[8..]),
            Options = options,
        };
        return true;
    }

    /// <summary>Reads all associations of a message, each IAID once; false if one of them cannot be read.</summary>
    /// <param name="options">The message's options.</param>
    /// <param name="associations">The associations, in their sequence.</param>
    public static bool TryReadAll(IReadOnlyList<Dhcpv6Option> options, out IReadOnlyList<LinkLayerAssociation> associations)
    {
        ArgumentNullException.ThrowIfNull(options);
        var read = new List<LinkLayerAssociation>();
        associations = read;
        foreach (var option in options)
        {
            if (option.Code is not Dhcpv6OptionCode.IaLl)
            {
                continue;
            }

            if (!TryRead(option.Value, out var association))
            {
                return false;
            }

            if (!read.Exists(known => known.Iaid == association.Iaid))
            {
                read.Add(association);
            }
        }

        return true;
    }

    /// <summary>The association as an option.</summary>
    public Dhcpv6Option ToOption()
    {
        Span<byte> head = stackalloc byte[FixedLength];
        BinaryPrimitives.WriteUInt32BigEndian(head, Iaid);
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], T1);
        BinaryPrimitives.WriteUInt32BigEndian(head[8..], T2);
        return new Dhcpv6Option(Dhcpv6OptionCode.IaLl, Dhcpv6Option.Write(head, Options));
    }
}
