using MacSegmentation.Transactions;

namespace MacSegmentation.Watches;

/// <summary>The rows of watches and of what waits for delivery.</summary>
public interface IWatchReader : ITransaction
{
    /// <summary>A watch by its name, in any case; null if there is none.</summary>
    MacWatch? FindWatch(string name);

    /// <summary>All of them, by name.</summary>
    IReadOnlyList<MacWatch> ListWatches();

    /// <summary>The events of a watch that wait, in their sequence.</summary>
    /// <param name="name">The watch.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<SpooledEvent> ListSpooledEvents(string name, int limit);

    /// <summary>Number of events of a watch that wait.</summary>
    long CountSpooledEvents(string name);
}
