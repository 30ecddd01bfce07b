namespace MacSegmentation.Ownership;

/// <summary>Who holds an address now, and who did before.</summary>
/// <param name="Mac">The MAC address that it is used with.</param>
/// <param name="Port">The port's index.</param>
/// <param name="Since">Nanoseconds since 1970 of the frame that showed it.</param>
/// <param name="DetectedBy">How.</param>
/// <param name="PreviousPort">Where it was before, or −1.</param>
/// <param name="PreviousSince">Since when it had been there.</param>
/// <param name="Changes">How often it went from one place to another.</param>
/// <param name="IsHeld">False after the port went down: nobody is known to hold it.</param>
internal readonly record struct AddressOwner(
    ulong Mac, int Port, long Since, DetectionMethod DetectedBy, int PreviousPort, long PreviousSince, int Changes, bool IsHeld);
