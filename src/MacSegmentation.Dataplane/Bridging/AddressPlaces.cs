namespace MacSegmentation.Bridging;

/// <summary>Where an address of interface records may be: the ports of those records that have one here, and behind the uplinks.</summary>
/// <param name="Ports">Indexes of the ports, ascending.</param>
/// <param name="MayBeRemote">True if a record that has the address has no port at this switch.</param>
/// <param name="IsShared">True if more than one record has the address, so that it may move from one place to another.</param>
internal sealed record AddressPlaces(int[] Ports, bool MayBeRemote, bool IsShared)
{
    /// <summary>Behind the uplinks only.</summary>
    public static AddressPlaces Remote { get; } = new([], MayBeRemote: true, IsShared: false);

    /// <summary>Nowhere: no record has the address.</summary>
    public static AddressPlaces None { get; } = new([], MayBeRemote: false, IsShared: false);

    /// <summary>The place of one record.</summary>
    /// <param name="port">The record's port, or −1 if it has none here.</param>
    public static AddressPlaces Of(int port) => port < 0 ? Remote : new AddressPlaces([port], MayBeRemote: false, IsShared: false);

    /// <summary>True if the address may be behind the port.</summary>
    public bool Include(SwitchPort port) => (port.Settings.IsUplink && MayBeRemote) || Array.IndexOf(Ports, port.Index) >= 0;

    /// <summary>The places with those of other records.</summary>
    /// <param name="ports">The records' ports, −1 for one that has none here.</param>
    public AddressPlaces With(IReadOnlyCollection<int> ports) => new(
        [.. Ports.Concat(ports.Where(port => port >= 0)).Distinct().Order()],
        MayBeRemote || ports.Contains(-1),
        IsShared || ports.Count > 1 || !ReferenceEquals(this, None));
}
