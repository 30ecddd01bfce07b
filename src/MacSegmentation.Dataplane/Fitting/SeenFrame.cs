namespace MacSegmentation.Fitting;

/// <summary>A frame of a capture, as far as it is compared with those of another one.</summary>
/// <param name="Digest">Of what a way through networks leaves as it is.</param>
/// <param name="Time">Nanoseconds since 1970 by the clock of its capture.</param>
/// <param name="Length">Its octets on the wire.</param>
/// <param name="Source">Its source address.</param>
/// <param name="Destination">Its destination address.</param>
internal readonly record struct SeenFrame(UInt128 Digest, long Time, int Length, ulong Source, ulong Destination);
