namespace MacSegmentation.Fitting;

/// <summary>A frame that was sent one way.</summary>
/// <param name="Sent">When, by the sender's clock.</param>
/// <param name="Arrived">When it arrived, by the same clock; null if it did not.</param>
/// <param name="Length">Its octets.</param>
internal readonly record struct PassedFrame(long Sent, long? Arrived, int Length);
