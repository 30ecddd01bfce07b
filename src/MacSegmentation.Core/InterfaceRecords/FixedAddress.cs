using MacSegmentation.Addressing;
using MacSegmentation.Errors;

namespace MacSegmentation.InterfaceRecords;

/// <summary>The rules for the fixed addresses of an interface record.</summary>
internal static class FixedAddress
{
    /// <summary>Reads a record's addresses.</summary>
    /// <exception cref="MacSegmentationException">InvalidInterfaceAddress, DuplicateIPAddress.</exception>
    public static IReadOnlyList<InterfaceAddress> Parse(IReadOnlyList<string> texts)
    {
        var addresses = new List<InterfaceAddress>(texts.Count);
        foreach (string text in texts)
        {
            var address = Parse(text);
            if (addresses.Any(other => other.Address.Equals(address.Address)))
            {
                throw new MacSegmentationException(
                    "DuplicateIPAddress", MacErrorKind.InvalidArgument, $"{address.Address} is given twice. Give each address of the interface once.", text);
            }

            addresses.Add(address);
        }

        return addresses;
    }

    /// <summary>Makes sure that no other record of the VLAN has one of the addresses.</summary>
    /// <exception cref="MacSegmentationException">IPAddressTaken.</exception>
    public static void RequireFree(IInterfaceReader store, int vlanId, IReadOnlyList<InterfaceAddress> addresses, long? ownId = null)
    {
        foreach (var address in addresses)
        {
            if (store.FindInterfaceByIPAddress(vlanId, address.Address) is { } holder && holder.InterfaceId != ownId)
            {
                throw new MacSegmentationException(
                    "IPAddressTaken",
                    MacErrorKind.AlreadyExists,
                    $"{address.Address} is a fixed address of interface '{holder.Name}' of VLAN {vlanId}. Give another address, or share it between interfaces with Add-MacAddressPair.",
                    address);
            }
        }
    }

    /// <summary>Reads one address.</summary>
    /// <exception cref="MacSegmentationException">InvalidInterfaceAddress.</exception>
    public static InterfaceAddress Parse(string text)
    {
        if (!IpText.TryParsePrefix(text, out var ip, out int prefixLength) || prefixLength == 0)
        {
            throw Invalid($"'{text}' is not an interface's address", text);
        }

        var address = new InterfaceAddress(ip, prefixLength);
        return HostAddress.FindFault(address) is { } fault ? throw Invalid($"{address} cannot be an interface's address: it {fault}", text) : address;
    }

    private static MacSegmentationException Invalid(string what, string text) => new(
        "InvalidInterfaceAddress",
        MacErrorKind.InvalidArgument,
        $"{what}. Give a host's address with the length of its subnet's prefix, such as 10.0.0.11/24 or fd00::11/64.",
        text);
}
