using MacSegmentation.Ports;

namespace MacSegmentation.Forwarding;

/// <summary>Where an address of interface records may be: the ports of those records that have one here, and behind the uplinks.</summary>
/// <param name="Ports">Indexes of the ports, ascending.</param>
/// <param name="RemoteCount">How many records that have the address have no port at this switch.</param>
internal sealed record AddressPlaces(int[] Ports, int RemoteCount)
{
    /// <summary>Behind the uplinks only.</summary>
    public static AddressPlaces Remote { get; } = new([], RemoteCount: 1);

    /// <summary>Nowhere: no record has the address.</summary>
    public static AddressPlaces None { get; } = new([], RemoteCount: 0);

    /// <summary>True if a record that has the address has no port at this switch.</summary>
    public bool MayBeRemote => RemoteCount > 0;

    /// <summary>True if more than one record has the address, so that it may move from one place to another.</summary>
    public bool IsShared => Ports.Length + RemoteCount > 1;

    /// <summary>True if no record has the address.</summary>
    public bool IsNowhere => Ports.Length + RemoteCount == 0;

    /// <summary>The place of one record.</summary>
    /// <param name="port">The record's port, or −1 if it has none here.</param>
    public static AddressPlaces Of(int port) => port < 0 ? Remote : new AddressPlaces([port], RemoteCount: 0);

    /// <summary>True if the address may be behind the port.</summary>
    public bool Include(SwitchPort port) => (port.MayBeAnywhere && MayBeRemote) || Array.IndexOf(Ports, port.Index) >= 0;

    /// <summary>True if a port that is up and carries the VLAN leads to one of the places, so that somebody can be there.</summary>
    /// <param name="ports">All ports.</param>
    /// <param name="vlanId">The VLAN, 1 to 4094.</param>
    public bool AreReachable(SwitchPort[] ports, int vlanId)
    {
        foreach (var port in ports)
        {
            if (port.IsUp && port.Vlans.Carries(vlanId) && Include(port))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The places with those of other records.</summary>
    /// <param name="ports">The records' ports, −1 for one that has none here.</param>
    public AddressPlaces With(IReadOnlyCollection<int> ports) =>
        new([.. Ports.Concat(ports.Where(port => port >= 0)).Order()], RemoteCount + ports.Count(port => port < 0));

    /// <summary>The places without that of one record.</summary>
    /// <param name="port">The record's port, or −1 if it has none here.</param>
    public AddressPlaces Without(int port) => port < 0
        ? this with { RemoteCount = RemoteCount - 1 }
        : this with { Ports = Array.FindAll(Ports, other => other != port) };
}
