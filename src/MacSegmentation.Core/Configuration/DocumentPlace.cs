using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Configuration;

/// <summary>A thing of the document and where it stands.</summary>
/// <param name="around">The place of the thing that has the list, or null if the document has it.</param>
/// <param name="list">Name of the list.</param>
/// <param name="index">Index in the list.</param>
/// <param name="thing">The thing.</param>
internal sealed class DocumentPlace(DocumentPlace? around, string list, int index, object thing)
{
    /// <summary>The place of an item of one of the thing's lists.</summary>
    public DocumentPlace Item(string list, int index, object item) => new(this, list, index, item);

    /// <summary>The path of what an error about the thing is about: the member that it names, if it names one.</summary>
    /// <param name="error">The domain's error.</param>
    public string PathOf(MacSegmentationException error) => FindMember(error) is { } member ? $"{this}.{member}" : ToString();

    /// <summary>The thing's path, such as <c>vlans[1].policies[3]</c>.</summary>
    public override string ToString() => $"{(around is null ? string.Empty : $"{around}.")}{list}[{index}]";

    private string? FindMember(MacSegmentationException error) => (thing, error.ErrorId) switch
    {
        (VlanConfiguration, "InvalidVlanId") => "id",
        (VlanConfiguration, "InvalidVlanName") => "name",
        (VlanConfiguration, "InvalidReuseDelay") => "reuseDelay",
        (VlanConfiguration vlan, _) when error.Target is MacRange range => $"ranges[{IndexOf(range, vlan.Ranges)}]",
        (PolicyConfiguration { Order: not null }, "InvalidPolicyOrder" or "PolicyOrderTaken") => "order",
        (AllocationConfiguration or InterfaceConfiguration, "InvalidInstanceId") => "instanceId",
        (AllocationConfiguration or InterfaceConfiguration, "AddressNotInPool" or "AddressAllocated") => "macAddress",
        (InterfaceConfiguration, "InvalidInterfaceName") => "name",
        (InterfaceConfiguration, "InterfaceAddressTaken") => "macAddress",
        (InterfaceConfiguration, "InvalidArpRateLimit") => "arpRateLimit",
        (InterfaceConfiguration record, "InvalidInterfaceAddress" or "DuplicateIPAddress" or "IPAddressTaken") =>
            $"ipAddresses[{IndexOf(error.Target, record.IPAddresses)}]",
        (InterfaceConfiguration or AddressPairConfiguration, "GroupAddressNotAllowed" or "ZeroAddressNotAllowed") => "macAddress",
        (AddressPairConfiguration, "AddressPairIsPrefix" or "InvalidIPAddress" or "AddressOutsideSubnet") => "ipAddress",
        (SecurityGroupConfiguration, "InvalidSecurityGroupName") => "name",
        (SecurityGroupConfiguration, "InvalidSecurityGroupDescription") => "description",
        (SecurityGroupRuleConfiguration, "PortsNeedTcpOrUdp" or "InvalidPortRange") => "ports",
        (SecurityGroupRuleConfiguration, "InvalidRemoteAddress") => "remoteAddress",
        (SecurityGroupRuleConfiguration, "RemoteTwice" or "InvalidSecurityGroupName" or "SecurityGroupNotFound") => "remoteGroup",
        (SecurityGroupRuleConfiguration, "ProtocolFamilyMismatch") => "protocol",
        _ => null,
    };

    // What meets another range may be a part of the one in the document; of two that are equal, the later one is too many.
    private static int IndexOf(MacRange part, IReadOnlyList<MacRange> ranges)
    {
        int index = ranges.Count - 1;
        while (index > 0 && !ranges[index].Overlaps(part))
        {
            index--;
        }

        return index;
    }

    // An address that another record has is known as an address; what is no address, or given twice, by its text.
    private static int IndexOf(object? address, IReadOnlyList<string> texts)
    {
        int index = texts.Count - 1;
        while (index > 0 && !(address is InterfaceAddress ? FixedAddress.Parse(texts[index]).Equals(address) : texts[index].Equals(address)))
        {
            index--;
        }

        return index;
    }
}
