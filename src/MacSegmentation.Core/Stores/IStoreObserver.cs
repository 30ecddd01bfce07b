using MacSegmentation.InterfaceRecords;
using MacSegmentation.NicMetrics;
using MacSegmentation.Providers;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.Watches;

namespace MacSegmentation.Stores;

/// <summary>What a transaction can write down of what was observed, concept by concept.</summary>
public interface IStoreObserver : IStoreReader, IInterfaceObservation, IProviderObservation, INicMetricObservation, IRunningEnforcerObservation, IWatchObservation
{
}
