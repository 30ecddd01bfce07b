namespace MacSegmentation.Watches;

/// <summary>Tells a subscriber of an event.</summary>
/// <param name="happened">The event.</param>
public sealed class MacStoreEventArgs(MacStoreEvent happened) : EventArgs
{
    /// <summary>The event.</summary>
    public MacStoreEvent Event { get; } = happened;

    /// <summary>The event's condition.</summary>
    public string Condition => Event.Condition;

    /// <summary>What it became true of.</summary>
    public string Subject => Event.Subject;

    /// <summary>The event's sentence.</summary>
    public string Message => Event.Message;

    /// <summary>When it was noticed.</summary>
    public DateTimeOffset Time => Event.Time;
}
