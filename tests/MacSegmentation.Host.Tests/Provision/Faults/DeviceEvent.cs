using MacSegmentation.Addressing;

namespace MacSegmentation.Provision.Faults;

/// <summary>What a device saw, or did; in the sequence in which all of them did.</summary>
/// <param name="Handle">The handle that it shows.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Site">Where.</param>
/// <param name="Address">The address, for an answer.</param>
internal sealed record DeviceEvent(string Handle, DeviceEventKind Kind, string Site, MacAddress Address);
