using MacSegmentation.Transactions;

namespace MacSegmentation.Watches;

/// <summary>
/// Writes down what watches know and tell. These are observations: what a watch knows and what follows from it are written in one transaction, so a store that lost both finds both again.
/// </summary>
public interface IWatchObservation : IWatchReader, IObservation
{
    /// <summary>Writes a watch, new or known.</summary>
    void UpsertWatch(MacWatch watch);

    /// <summary>Puts an event behind those that wait.</summary>
    void InsertSpooledEvent(SpooledEvent spooled);

    /// <summary>Takes what was delivered out of the spool: a watch's events up to a number.</summary>
    /// <returns>How many that were.</returns>
    long DeleteSpooledEvents(string name, long upTo);
}
