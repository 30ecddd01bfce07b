using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Counting;

/// <summary>What came in by the port of an interface record since the enforcer's start.</summary>
/// <param name="Record">The record.</param>
/// <param name="Traffic">What became of the frames.</param>
/// <param name="ArpPackets">ARP packets, admitted or not.</param>
/// <param name="NewAddresses">MAC addresses that were learned there.</param>
internal readonly record struct PortArrivals(MacInterface Record, TrafficTally Traffic, long ArpPackets, long NewAddresses);
