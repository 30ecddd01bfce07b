using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.Dhcpv6;

/// <summary>How DHCPv6 is served.</summary>
internal sealed record Dhcpv6Settings
{
    /// <summary>Datagrams a second that one link may send, unless something else is said.</summary>
    public const int UsualRate = 1000;

    /// <summary>Where it listens.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>The links whose clients are answered.</summary>
    public required IReadOnlyList<Dhcpv6Link> Links { get; init; }

    /// <summary>The server's DUID.</summary>
    public required Duid ServerId { get; init; }

    /// <summary>Seconds for which addresses are valid; <see cref="LinkLayerBlock.Infinity"/> for ever.</summary>
    public uint Lifetime { get; init; } = LinkLayerBlock.Infinity;

    /// <summary>How much the server would be preferred, 0 to 255; 0 is not said.</summary>
    public byte Preference { get; init; }

    /// <summary>Datagrams a second that one link may send.</summary>
    public int Rate { get; init; } = UsualRate;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seconds until a client asks again: half the lifetime (RFC 9915 section 21.4 recommends it).</summary>
    public uint T1 => Lifetime == LinkLayerBlock.Infinity ? Lifetime : Lifetime / 2;

    /// <summary>Seconds until a client asks any server: four fifths.</summary>
    public uint T2 => Lifetime == LinkLayerBlock.Infinity ? Lifetime : (uint)(Lifetime * 4L / 5);

    /// <summary>Reads where to listen, such as [::]:547.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MacSegmentationException">InvalidDhcpv6Address.</exception>
    public static IPEndPoint ParseEndPoint(string text)
    {
        // Without brackets an address of IPv6 would be taken whole, and the port for a part of it.
        bool hasPort = text.StartsWith('[') && text.LastIndexOf("]:", StringComparison.Ordinal) > 0;
        return hasPort && IPEndPoint.TryParse(text, out var point) && point.AddressFamily is AddressFamily.InterNetworkV6 && !point.Address.IsIPv6Multicast
            ? point
            : throw new MacSegmentationException(
                "InvalidDhcpv6Address", MacErrorKind.InvalidArgument, $"'{text}' is no address of IPv6 to listen at. Give one of this host in brackets and a port, such as [::]:547; port 0 takes one that is free.", text);
    }

    /// <summary>Reads a lifetime.</summary>
    /// <param name="lifetime">The time.</param>
    /// <exception cref="MacSegmentationException">InvalidDhcpv6Lifetime.</exception>
    public static uint ToSeconds(Duration lifetime) => lifetime.Value.TotalSeconds is >= 10 and < LinkLayerBlock.Infinity
        ? (uint)lifetime.Value.TotalSeconds
        : throw new MacSegmentationException(
            "InvalidDhcpv6Lifetime", MacErrorKind.InvalidArgument, $"A lifetime of {lifetime} is not possible. Give 10s to {string.Create(CultureInfo.InvariantCulture, $"{LinkLayerBlock.Infinity - 1}s")}, or leave the option out for one without end.", lifetime);

    /// <summary>The DUID of a server: the same at each start, another on each host and for each store that is answered from.</summary>
    /// <param name="storeId">The store's identity.</param>
    public static Duid ServerIdOf(string storeId)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"macseg dhcpv6\n{Environment.MachineName}\n{storeId}"));

        // A UUID of the service's own making (RFC 9562 section 5.8).
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return Duid.Of(new Guid(digest.AsSpan(0, 16), bigEndian: true));
    }
}
