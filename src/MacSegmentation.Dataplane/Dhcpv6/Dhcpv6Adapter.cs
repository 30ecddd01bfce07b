using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using MacSegmentation.Errors;

namespace MacSegmentation.Dhcpv6;

/// <summary>A network adapter as DHCPv6 needs it.</summary>
/// <param name="Name">Its name: <c>eth0</c>, or on Windows <c>Ethernet 2</c>.</param>
/// <param name="Index">Its number among the system's interfaces of IPv6.</param>
/// <param name="LinkLocal">Its link-local address, or null if it has none yet.</param>
public sealed record Dhcpv6Adapter(string Name, int Index, IPAddress? LinkLocal)
{
    /// <summary>Finds an adapter.</summary>
    /// <param name="name">Its name in any case, or on Windows its id.</param>
    /// <exception cref="MacSegmentationException">AdapterNotFound, AdapterWithoutIPv6.</exception>
    public static Dhcpv6Adapter Find(string name)
    {
        var adapters = NetworkInterface.GetAllNetworkInterfaces();
        var found = adapters.FirstOrDefault(adapter => Is(adapter, name, StringComparison.Ordinal)) ?? adapters.FirstOrDefault(adapter => Is(adapter, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new MacSegmentationException(
                "AdapterNotFound", MacErrorKind.NotFound, $"There is no network adapter '{name}'. There are: {string.Join(", ", adapters.Select(adapter => adapter.Name))}.", name);
        try
        {
            var properties = found.GetIPProperties();
            var address = properties.UnicastAddresses.Select(unicast => unicast.Address).FirstOrDefault(address => address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv6LinkLocal: true });
            return new Dhcpv6Adapter(found.Name, properties.GetIPv6Properties()?.Index ?? throw WithoutIPv6(name), address);
        }
        catch (NetworkInformationException error)
        {
            throw WithoutIPv6(name, error);
        }
    }

    private static bool Is(NetworkInterface adapter, string name, StringComparison comparison) => string.Equals(adapter.Name, name, comparison) || string.Equals(adapter.Id, name, comparison);

    private static MacSegmentationException WithoutIPv6(string name, Exception? error = null) => new(
        "AdapterWithoutIPv6", MacErrorKind.InvalidOperation, $"The network adapter '{name}' has no IPv6, over which DHCPv6 goes. Enable it there, or name another adapter.", name, error);
}
