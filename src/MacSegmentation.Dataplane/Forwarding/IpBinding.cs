namespace MacSegmentation.Forwarding;

/// <summary>A MAC address that an IP address is used with, and where the two may be.</summary>
/// <param name="Mac">The MAC address.</param>
/// <param name="Places">Where the records are that bind the two.</param>
internal readonly record struct IpBinding(ulong Mac, AddressPlaces Places);
