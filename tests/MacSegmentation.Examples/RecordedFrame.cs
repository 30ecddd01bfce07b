namespace MacSegmentation.Examples;

/// <summary>A frame of the example's capture.</summary>
/// <param name="Bytes">What was captured.</param>
/// <param name="OriginalLength">Length on the wire in octets.</param>
/// <param name="Timestamp">Nanoseconds since 1970.</param>
internal sealed record RecordedFrame(byte[] Bytes, int OriginalLength, long Timestamp);
