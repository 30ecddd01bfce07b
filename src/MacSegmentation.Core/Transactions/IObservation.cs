namespace MacSegmentation.Transactions;

/// <summary>
/// A transaction that writes down what was observed: signs of life, sightings, hits, measurements. It decides nothing, so it has one rule: it is written without audit, raises no
/// revision and notifies nobody, and what it leaves is bounded, because an observation takes the place of the one before and goes when nobody can use it any more. It may be
/// lost with a server's memory: the next one comes soon.
/// </summary>
public interface IObservation : ITransaction
{
}
