namespace MacSegmentation.Forwarding;

/// <summary>An address that a switch has learned.</summary>
/// <param name="Key">The address in its VLAN.</param>
/// <param name="Port">The port's index.</param>
/// <param name="FirstSeen">Nanoseconds since 1970 of the first frame at this port.</param>
/// <param name="LastSeen">The same of the last frame.</param>
internal readonly record struct LearnedAddress(ulong Key, int Port, long FirstSeen, long LastSeen);
