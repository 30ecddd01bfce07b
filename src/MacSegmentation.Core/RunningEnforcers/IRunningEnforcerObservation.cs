using MacSegmentation.Transactions;

namespace MacSegmentation.RunningEnforcers;

/// <summary>Writes down that enforcers run.</summary>
public interface IRunningEnforcerObservation : IRunningEnforcerReader, IObservation
{
    /// <summary>An enforcer runs. What it told of itself before is replaced, and those that were silent for <see cref="MacRunningEnforcer.Remembered"/> are forgotten with it.</summary>
    /// <param name="enforcer">The enforcer; its state is not kept.</param>
    void UpsertRunningEnforcer(MacRunningEnforcer enforcer);

    /// <summary>An enforcer has ended.</summary>
    /// <param name="enforcerId">The enforcer; nothing if it is not known.</param>
    void DeleteRunningEnforcer(string enforcerId);
}
