namespace MacSegmentation.Forwarding;

/// <summary>One record's use of an IP address.</summary>
/// <param name="Mac">The MAC address that it is used with.</param>
/// <param name="Port">The index of the record's port, or −1 if it has none here.</param>
/// <param name="IsPair">True if it is in an address pair, false if it is a fixed address.</param>
internal readonly record struct IpUse(ulong Mac, int Port, bool IsPair);
