namespace MacSegmentation.Pcap;

/// <summary>An adapter as pcap lists it.</summary>
/// <param name="Name">What pcap calls it.</param>
/// <param name="Description">The driver's words for it, or null.</param>
/// <param name="IsUp">True if it is administratively up.</param>
/// <param name="IsLoopback">True if what is sent on it comes back to the host.</param>
public sealed record CaptureAdapter(string Name, string? Description, bool IsUp, bool IsLoopback);
