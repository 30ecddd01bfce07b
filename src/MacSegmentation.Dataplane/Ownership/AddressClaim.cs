namespace MacSegmentation.Ownership;

/// <summary>What a frame says of whose address: that a MAC address, or an IP address with a MAC address, is where the frame comes from.</summary>
/// <param name="Address">The IP address, or null if it is about the MAC address alone.</param>
/// <param name="Mac">The MAC address.</param>
internal readonly record struct AddressClaim(UInt128? Address, ulong Mac);
