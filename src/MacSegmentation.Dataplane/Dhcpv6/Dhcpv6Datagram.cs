using System.Net;

namespace MacSegmentation.Dhcpv6;

/// <summary>A datagram that came.</summary>
/// <param name="Octets">What it holds.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">The address of this host that it was sent to.</param>
/// <param name="Interface">The number of the interface that it came by.</param>
public sealed record Dhcpv6Datagram(ReadOnlyMemory<byte> Octets, IPEndPoint From, IPAddress To, int Interface);
