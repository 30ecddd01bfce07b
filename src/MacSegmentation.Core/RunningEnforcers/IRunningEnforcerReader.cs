using MacSegmentation.Transactions;

namespace MacSegmentation.RunningEnforcers;

/// <summary>The rows of enforcers that told of themselves.</summary>
public interface IRunningEnforcerReader : ITransaction
{
    /// <summary>All that are remembered, by host, process and id; each as of the transaction's time.</summary>
    IReadOnlyList<MacRunningEnforcer> ListRunningEnforcers();
}
