using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.SecurityGroups;

/// <summary>A group that rules name as the other side: the fixed addresses and address pairs of its members, as of the active tables.</summary>
/// <remarks>Rules refer to this and not to the set, so that a member that comes or goes compiles no rule anew. It is set by whoever has the switch's turn.</remarks>
internal sealed class RemoteGroup
{
    /// <summary>The members' addresses.</summary>
    public AddressSet Addresses { get; set; } = AddressSet.Empty;

    /// <summary>The addresses that a record brings to a group that it is in.</summary>
    public static IEnumerable<UInt128> AddressesOf(MacInterface record) =>
        record.IPAddress.Select(address => IpNumber.From(address.Address)).Concat(record.AddressPair.Select(pair => IpNumber.From(pair.IPAddress)));
}
