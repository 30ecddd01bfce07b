using MacSegmentation.Errors;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>Where events go.</summary>
internal interface IEventSink : IDisposable
{
    /// <summary>Where, in words; without secrets.</summary>
    string Place { get; }

    /// <summary>Delivers an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="stop">Gives it up.</param>
    /// <exception cref="MacSegmentationException">EventNotDelivered: it is tried again.</exception>
    Task SendAsync(MacStoreEvent happened, CancellationToken stop);

    /// <summary>Why an event was not delivered.</summary>
    static MacSegmentationException Failure(string place, string why, Exception? inner = null) =>
        new("EventNotDelivered", MacErrorKind.Unavailable, $"{place}: {why.TrimEnd('.')}.", place, inner);
}
