namespace MacSegmentation.PortSecurity;

/// <summary>Who uses a link-local address.</summary>
/// <param name="Port">The port's index.</param>
/// <param name="Mac">The MAC address that it is used with.</param>
/// <param name="IsHeld">True if the port is held to the addresses of its record, so that the MAC address is certain.</param>
internal readonly record struct LinkLocalClaim(int Port, ulong Mac, bool IsHeld);
