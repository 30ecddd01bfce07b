using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;

namespace MacSegmentation.InterfaceRecords;

public static partial class InterfaceCatalog
{
    /// <summary>Most allowed address pairs that an interface can have.</summary>
    public const int MaxAddressPairs = 64;

    private static readonly IPNetwork LinkLocalNetwork = IPNetwork.Parse("fe80::/64");

    /// <summary>The order of a record's pairs: by IP address, then by MAC address, as numbers.</summary>
    public static IComparer<MacAddressPair> PairOrder { get; } = Comparer<MacAddressPair>.Create(static (left, right) =>
    {
        int order = IpNumber.From(left.IPAddress).CompareTo(IpNumber.From(right.IPAddress));
        return order != 0 ? order : left.MacAddress.CompareTo(right.MacAddress);
    });

    /// <summary>Allows an interface's port a further address.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The interface.</param>
    /// <param name="ipAddress">One address in the subnet of one of its fixed addresses, or a link-local one (fe80::/64).</param>
    /// <param name="macAddress">The MAC address that it is used with, or null for the interface's, whatever that becomes.</param>
    /// <param name="force">Also if another interface of the VLAN has the IP address as a fixed one, or the MAC address as its own.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidInterfaceName, InterfaceNotFound, AddressPairIsPrefix, InvalidIPAddress, AddressOutsideSubnet, GroupAddressNotAllowed,
    /// ZeroAddressNotAllowed, AddressPairExists, AddressPairTaken, TooManyAddressPairs.
    /// </exception>
    public static MacAddressPair AddPair(IInterfaceWriter store, string name, string ipAddress, MacAddress? macAddress, bool force = false)
    {
        var record = Get(store, name);
        var address = ParsePairAddress(ipAddress);
        RequireSubnet(record, address);
        if (macAddress is { } own)
        {
            ValidateAddress(own);
        }

        var pair = new MacAddressPair
        {
            InterfaceName = record.Name,
            VlanId = record.VlanId,
            IPAddress = address,
            MacAddress = macAddress ?? record.MacAddress,
            HasOwnMacAddress = macAddress is not null,
        };
        RequireNewPair(record, pair, record.AddressPair);
        if (!force)
        {
            RequireNobodys(store, record, pair);
        }

        if (record.AddressPair.Count >= MaxAddressPairs)
        {
            throw new MacSegmentationException(
                "TooManyAddressPairs",
                MacErrorKind.Exhausted,
                $"Interface '{record.Name}' has {record.AddressPair.Count} address pairs, and {MaxAddressPairs} are the most. Remove one with Remove-MacAddressPair first.",
                ipAddress);
        }

        store.InsertAddressPair(record.InterfaceId, pair);
        store.AppendAudit(new AuditEntry(AuditAction.AddAddressPair, record.VlanId, pair.ToString(), $"to interface '{record.Name}'"));
        return pair;
    }

    /// <summary>Takes an allowed address from an interface's port.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The interface.</param>
    /// <param name="ipAddress">The pair's IP address.</param>
    /// <param name="macAddress">The MAC address that it is used with, or null if it is the only pair of that IP address.</param>
    /// <returns>The pair as it was.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidInterfaceName, InterfaceNotFound, AddressPairIsPrefix, InvalidIPAddress, AddressPairNotFound, AddressPairAmbiguous.
    /// </exception>
    public static MacAddressPair RemovePair(IInterfaceWriter store, string name, string ipAddress, MacAddress? macAddress)
    {
        var record = Get(store, name);
        var address = ParsePairAddress(ipAddress);
        var found = record.AddressPair.Where(pair => pair.IPAddress.Equals(address) && (macAddress is null || pair.MacAddress == macAddress)).ToList();
        if (found.Count == 0)
        {
            throw new MacSegmentationException(
                "AddressPairNotFound",
                MacErrorKind.NotFound,
                $"Interface '{record.Name}' has no address pair {address}{(macAddress is null ? string.Empty : $" with {macAddress}")}. List its pairs with Get-MacAddressPair.",
                ipAddress);
        }

        if (found.Count > 1)
        {
            throw new MacSegmentationException(
                "AddressPairAmbiguous",
                MacErrorKind.InvalidArgument,
                $"Interface '{record.Name}' has {found.Count} address pairs {address}, with {string.Join(" and ", found.Select(pair => pair.MacAddress))}. Say which one with -MacAddress.",
                ipAddress);
        }

        store.DeleteAddressPair(record.InterfaceId, found[0]);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveAddressPair, record.VlanId, found[0].ToString(), $"from interface '{record.Name}'"));
        return found[0];
    }

    /// <summary>True if the record, as it will be, could be given this pair of its.</summary>
    internal static bool CanKeep(MacInterface record, MacAddressPair pair) => FitsSubnet(record, pair.IPAddress) && !IsFixed(record, pair);

    private static IPAddress ParsePairAddress(string text) => text?.Contains('/') == true
        ? throw new MacSegmentationException(
            "AddressPairIsPrefix",
            MacErrorKind.InvalidArgument,
            $"'{text}' is a prefix, and an address pair holds one IP address. Give each address a pair of its own, such as 10.0.0.100.",
            text)
        : IpText.Parse(text);

    private static void RequireSubnet(MacInterface record, IPAddress address)
    {
        if (FitsSubnet(record, address))
        {
            return;
        }

        if (record.IPAddress.FirstOrDefault(own => own.HasInSubnet(address)) is { Address: not null } own)
        {
            throw new MacSegmentationException(
                "InvalidIPAddress",
                MacErrorKind.InvalidArgument,
                $"{address} cannot be an address pair: it {HostAddress.FindFault(own with { Address = address })}. Give a host's address.",
                address.ToString());
        }

        string why = record.IPAddress.Count == 0
            ? $"interface '{record.Name}' has no fixed address. Give it one with Set-MacInterface -IPAddress first"
            : $"it is not in a subnet of interface '{record.Name}' ({string.Join(", ", record.IPAddress)}). Give an address in one of them";
        throw new MacSegmentationException(
            "AddressOutsideSubnet", MacErrorKind.InvalidArgument, $"{address} cannot be an address pair: {why}.", address.ToString());
    }

    /// <summary>fe80::/64 is a subnet of every link (RFC 4291 section 2.5.6), whatever the fixed addresses of a record are.</summary>
    private static bool FitsSubnet(MacInterface record, IPAddress address) =>
        (record.IPAddress.Count > 0 && IsLinkLocal(address))
        || record.IPAddress.Any(own => own.HasInSubnet(address) && HostAddress.FindFault(own with { Address = address }) is null);

    private static bool IsLinkLocal(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 && LinkLocalNetwork.Contains(address);

    private static bool IsFixed(MacInterface record, MacAddressPair pair) =>
        pair.MacAddress == record.MacAddress && record.IPAddress.Any(own => own.Address.Equals(pair.IPAddress));

    private static void RequireNewPair(MacInterface record, MacAddressPair pair, IEnumerable<MacAddressPair> others)
    {
        bool isFixed = IsFixed(record, pair);
        if (isFixed || others.Any(other => PairOrder.Compare(other, pair) == 0))
        {
            throw new MacSegmentationException(
                "AddressPairExists",
                MacErrorKind.AlreadyExists,
                $"{pair} would be allowed twice at interface '{record.Name}': as {(isFixed ? "its fixed address and as an address pair" : "two address pairs")}. Leave one out, or remove a pair with Remove-MacAddressPair.",
                pair.IPAddress.ToString());
        }
    }

    /// <summary>Makes sure that a pair does not let a record's port speak for another record: what is shared belongs to no one.</summary>
    private static void RequireNobodys(IInterfaceReader store, MacInterface record, MacAddressPair pair)
    {
        bool isFixed = true;
        var holder = store.FindInterfaceByIPAddress(record.VlanId, pair.IPAddress);
        if (holder is null || holder.InterfaceId == record.InterfaceId)
        {
            isFixed = false;
            holder = pair.HasOwnMacAddress ? store.FindInterfaceByAddress(record.VlanId, pair.MacAddress) : null;
        }

        if (holder is not null && holder.InterfaceId != record.InterfaceId)
        {
            throw new MacSegmentationException(
                "AddressPairTaken",
                MacErrorKind.AlreadyExists,
                $"{(isFixed ? $"{pair.IPAddress} is a fixed address" : $"{pair.MacAddress} is the MAC address")} of interface '{holder.Name}' of VLAN {holder.VlanId}: with the pair {pair}, interface '{record.Name}' could speak for it. Give another address, or allow it all the same with -Force.",
                isFixed ? pair.IPAddress.ToString() : pair.MacAddress);
        }
    }

    /// <summary>Makes sure that the pairs which a changed record keeps are such as could be added to it.</summary>
    private static void RequireFittingPairs(MacInterface record)
    {
        for (int i = 0; i < record.AddressPair.Count; i++)
        {
            var pair = record.AddressPair[i];
            if (!FitsSubnet(record, pair.IPAddress))
            {
                throw new MacSegmentationException(
                    "AddressPairOutsideSubnet",
                    MacErrorKind.InUse,
                    $"The address pair {pair} of interface '{record.Name}' would no longer be a host's in one of its subnets. Remove it with Remove-MacAddressPair first, or keep a fixed address in its subnet.",
                    pair.IPAddress.ToString());
            }

            RequireNewPair(record, pair, record.AddressPair.Take(i));
        }
    }
}
