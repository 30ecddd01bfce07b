namespace MacSegmentation.Bridging;

/// <summary>What interface records say of an IP address in a VLAN.</summary>
/// <param name="MacAddresses">The MAC addresses that it is used with, each once.</param>
/// <param name="Places">Where it may be.</param>
/// <param name="IsFixed">True if it is a fixed address of a record.</param>
/// <param name="IsPair">True if it is in an address pair.</param>
internal sealed record IpHolder(ulong[] MacAddresses, AddressPlaces Places, bool IsFixed, bool IsPair)
{
    /// <summary>The MAC address without asking who holds the address now; null if that has to be known.</summary>
    public ulong? CertainMac => IsFixed && MacAddresses.Length == 1 && !Places.IsShared ? MacAddresses[0] : null;
}
