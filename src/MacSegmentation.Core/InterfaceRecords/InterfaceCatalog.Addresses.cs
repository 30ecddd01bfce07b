using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Tags;

namespace MacSegmentation.InterfaceRecords;

public static partial class InterfaceCatalog
{
    /// <summary>Makes sure that an address is one that an interface can have.</summary>
    /// <exception cref="MacSegmentationException">GroupAddressNotAllowed, ZeroAddressNotAllowed.</exception>
    private static void ValidateAddress(MacAddress address)
    {
        if (address.IsGroup)
        {
            throw new MacSegmentationException(
                "GroupAddressNotAllowed",
                MacErrorKind.InvalidArgument,
                $"{address} is a {(address.IsBroadcast ? "broadcast" : "group")} address, which no frame can come from. Give an address whose first octet is even.",
                address);
        }

        if (address == default)
        {
            throw new MacSegmentationException(
                "ZeroAddressNotAllowed", MacErrorKind.InvalidArgument, $"{address} is not the address of an interface. Give another address.", address);
        }
    }

    private static void RequireFree(IInterfaceReader store, int vlanId, MacAddress address)
    {
        ValidateAddress(address);
        if (store.FindInterfaceByAddress(vlanId, address) is { } holder)
        {
            throw new MacSegmentationException(
                "InterfaceAddressTaken",
                MacErrorKind.AlreadyExists,
                $"{address} is the address of interface '{holder.Name}' of VLAN {vlanId}. Give another address, or leave the choice to the VLAN's pool.",
                address);
        }
    }

    /// <summary>Takes an address out of its pool, if it has one.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="vlanId">The record's VLAN.</param>
    /// <param name="wanted">The address, or null for the next one of the VLAN's pool.</param>
    /// <param name="instanceId">The record's machine.</param>
    /// <param name="evenIfHeldDown">True to take the wanted address although its reuse delay has not passed, or it is reserved.</param>
    /// <param name="isAllocated">True if the address was allocated for the record.</param>
    private static MacAddress TakeAddress(IInterfaceWriter store, int vlanId, MacAddress? wanted, string instanceId, bool evenIfHeldDown, out bool isAllocated)
    {
        if (wanted is not { } address)
        {
            isAllocated = true;
            return AddressPool.Allocate(store, vlanId, instanceId).MacAddress;
        }

        bool isInstances = store.FindAllocation(address) is { } held && held.VlanId == vlanId && AddressPool.IsOf(held, instanceId);
        isAllocated = !isInstances && store.FindOverlap(new MacRange(address, address)) is not null;
        return isAllocated ? AddressPool.Allocate(store, vlanId, instanceId, address, evenIfHeldDown, evenIfReserved: evenIfHeldDown).MacAddress : address;
    }

    /// <summary>Sees to it that a changed record's address is allocated to its machine; true if the record holds the allocation from now on.</summary>
    private static bool MoveAllocation(IInterfaceWriter store, MacInterface before, MacInterface after)
    {
        if (after.MacAddress != before.MacAddress)
        {
            TakeAddress(store, after.VlanId, after.MacAddress, after.InstanceId, evenIfHeldDown: false, out bool isAllocated);
            return isAllocated;
        }

        if (store.FindAllocation(after.MacAddress) is { } allocation && !AddressPool.IsOf(allocation, after.InstanceId))
        {
            if (!before.HoldsAllocation)
            {
                throw new MacSegmentationException(
                    "AddressAllocated",
                    MacErrorKind.AlreadyExists,
                    $"{after.MacAddress} is allocated to '{allocation.InstanceId}'. Give interface '{after.Name}' an address of '{after.InstanceId}' together with its name.",
                    after.MacAddress);
            }

            AddressPool.HandOver(store, allocation, after.InstanceId);
        }

        return before.HoldsAllocation;
    }

    private static string DescribeAddresses(MacInterface record) => string.Join(", ", [record.MacAddress.ToString(), .. record.IPAddress.Select(address => address.ToString())]);

    private static string DescribeChange(MacInterface before, MacInterface after)
    {
        var parts = new List<string>();
        if (after.MacAddress != before.MacAddress)
        {
            parts.Add($"MAC address {after.MacAddress}");
        }

        if (!after.IPAddress.SequenceEqual(before.IPAddress))
        {
            parts.Add(after.IPAddress.Count == 0 ? "no fixed address" : $"fixed {string.Join(" and ", after.IPAddress)}");
        }

        if (!string.Equals(after.InstanceId, before.InstanceId, StringComparison.Ordinal))
        {
            parts.Add($"instance '{after.InstanceId}'");
        }

        AddSwitch(parts, "port security", before.PortSecurity, after.PortSecurity);
        AddSwitch(parts, "DHCP guard", before.DhcpGuard, after.DhcpGuard);
        AddSwitch(parts, "router guard", before.RouterGuard, after.RouterGuard);
        AddLimit(parts, "ARP", before.ArpRateLimit, after.ArpRateLimit);
        AddLimit(parts, "DHCP", before.DhcpRateLimit, after.DhcpRateLimit);
        AddLimit(parts, "router solicitation", before.RsRateLimit, after.RsRateLimit);
        if (!after.PermittedEtherType.SequenceEqual(before.PermittedEtherType, StringComparer.Ordinal))
        {
            parts.Add(after.PermittedEtherType.Count == 0 ? "no EtherType permitted" : $"permitted EtherTypes {string.Join(" and ", after.PermittedEtherType)}");
        }

        AddSwitch(parts, "exemption from security triggers", before.TriggerExempt, after.TriggerExempt);
        if (!string.Equals(after.Profile, before.Profile, StringComparison.Ordinal))
        {
            parts.Add(after.Profile is null ? "no profile" : $"profile {after.Profile}");
        }

        AddAll(parts, "tagged", after.Tag.Except(before.Tag));
        AddAll(parts, "no longer tagged", before.Tag.Except(after.Tag));
        return string.Join(", ", parts);
    }

    private static void AddAll(List<string> parts, string what, IEnumerable<MacTag> tags)
    {
        string text = string.Join(" and ", tags);
        if (text.Length > 0)
        {
            parts.Add($"{what} {text}");
        }
    }

    private static void AddLimit(List<string> parts, string name, int before, int after)
    {
        if (after != before)
        {
            parts.Add(after == 0 ? $"no {name} limit" : $"{name} limit {after}/s");
        }
    }

    private static void AddSwitch(List<string> parts, string name, bool before, bool after)
    {
        if (after != before)
        {
            parts.Add($"{name} {(after ? "on" : "off")}");
        }
    }
}
