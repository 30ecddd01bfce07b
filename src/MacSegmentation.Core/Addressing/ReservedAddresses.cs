namespace MacSegmentation.Addressing;

/// <summary>
/// Addresses that protocols give out by rules of their own. A pool that holds some of them may give a machine the address that a router pair or a cluster makes for itself.
/// </summary>
public static class ReservedAddresses
{
    private static readonly (MacRange Range, string Owner)[] Known =
    [
        (MacRange.Parse("00-00-0C-07-AC-00/40"), "the virtual routers of HSRP version 1"),
        (MacRange.Parse("00-00-0C-9F-F0-00/36"), "the virtual routers of HSRP version 2"),
        (MacRange.Parse("00-00-5E-00-00-00/24"), "IANA's protocols, the virtual routers of VRRP among them (RFC 9542 section 2.1, RFC 9568 section 7.3)"),
        (MacRange.Parse("00-07-B4-00-00-00/32"), "the virtual forwarders of GLBP"),
        (MacRange.Parse("02-BF-00-00-00-00/16"), "clusters of Network Load Balancing in unicast mode"),
    ];

    /// <summary>A sentence for each reservation that a pool's ranges meet; none if they meet none.</summary>
    /// <param name="vlanId">The VLAN whose pool it is.</param>
    /// <param name="ranges">The ranges.</param>
    public static IEnumerable<string> Warnings(int vlanId, IEnumerable<MacRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return
            from range in ranges
            from known in Known
            where range.Overlaps(known.Range)
            let met = new MacRange(Higher(range.First, known.Range.First), Lower(range.Last, known.Range.Last))
            select $"{range} of VLAN {vlanId} holds {met}, reserved for {known.Owner}: two stations may have one address. Take it out with Set-MacVlan {vlanId} -RemoveRange {met}.";
    }

    private static MacAddress Higher(MacAddress one, MacAddress other) => one > other ? one : other;

    private static MacAddress Lower(MacAddress one, MacAddress other) => one < other ? one : other;
}
