using MacSegmentation.Transactions;

namespace MacSegmentation.Providers;

/// <summary>Writes down the signs of life of providers.</summary>
public interface IProviderObservation : IProviderReader, IObservation
{
    /// <summary>A provider was seen at the time of the transaction; nothing if it is gone.</summary>
    void MarkProviderSeen(long providerId);
}
