using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;

namespace MacSegmentation.Dhcpv6;

/// <summary>A link whose clients are answered.</summary>
/// <param name="Name">The adapter, or the link address of its relays, as it was given.</param>
/// <param name="LinkAddress">The link address of its relays; null for an adapter of this host.</param>
/// <param name="VlanId">The VLAN whose addresses its clients get.</param>
/// <param name="Client">The client of the provider service on whose behalf they get them.</param>
internal sealed record Dhcpv6Link(string Name, IPAddress? LinkAddress, int VlanId, string Client)
{
    /// <summary>The form of an option's value.</summary>
    public const string Form = "ADAPTER|LINK-ADDRESS=VLAN,CLIENT";

    /// <summary>Reads a link such as eth0=10,cameras or 2001:db8::1=10,cameras.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MacSegmentationException">InvalidDhcpv6Link, InvalidVlanId.</exception>
    public static Dhcpv6Link Parse(string text)
    {
        int equals = text.LastIndexOf('=');
        string[] parts = equals > 0 ? text[(equals + 1)..].Split(',', 2, StringSplitOptions.TrimEntries) : [];
        if (parts is not [var vlan, { Length: > 0 } client] || !int.TryParse(vlan, NumberStyles.None, CultureInfo.InvariantCulture, out int vlanId))
        {
            throw Invalid(text, "is no link");
        }

        string name = text[..equals].Trim();
        if (!IPAddress.TryParse(name, out var address))
        {
            return name.Length > 0 && !name.Contains(':', StringComparison.Ordinal) ? new Dhcpv6Link(name, null, Addressing.VlanId.Validate(vlanId), client) : throw Invalid(text, "names no link");
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any))
        {
            throw Invalid(text, "has no address of IPv6 that a relay has on a link");
        }

        return new Dhcpv6Link(name, new IPAddress(address.GetAddressBytes()), Addressing.VlanId.Validate(vlanId), client);
    }

    /// <summary>Reads links; each is there once.</summary>
    /// <param name="texts">The texts.</param>
    /// <exception cref="MacSegmentationException">InvalidDhcpv6Link, InvalidVlanId.</exception>
    public static IReadOnlyList<Dhcpv6Link> ParseAll(IReadOnlyList<string> texts)
    {
        var links = texts.Select(Parse).ToList();
        var twice = links.GroupBy(link => link.LinkAddress?.ToString() ?? link.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? links
            : throw new MacSegmentationException("InvalidDhcpv6Link", MacErrorKind.InvalidArgument, $"The link {twice.Key} is given twice, and has one VLAN and one client. Give it once.", twice.Key);
    }

    private static MacSegmentationException Invalid(string text, string what) => new(
        "InvalidDhcpv6Link", MacErrorKind.InvalidArgument, $"'{text}' {what}. Give {Form}, such as eth0=10,cameras or 2001:db8::1=10,cameras.", text);
}
