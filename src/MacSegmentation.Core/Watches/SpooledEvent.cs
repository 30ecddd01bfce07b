namespace MacSegmentation.Watches;

/// <summary>An event that waits for its delivery.</summary>
/// <param name="Watch">The watch.</param>
/// <param name="Number">Its number in the watch, from 1: the sequence of delivery.</param>
/// <param name="Event">The event.</param>
public sealed record SpooledEvent(string Watch, long Number, MacStoreEvent Event);
