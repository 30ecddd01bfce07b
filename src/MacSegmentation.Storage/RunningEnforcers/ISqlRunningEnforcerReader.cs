using MacSegmentation.RunningEnforcers;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.RunningEnforcers;

/// <summary>The question which enforcers run, as a query.</summary>
internal interface ISqlRunningEnforcerReader : IRunningEnforcerReader, ISqlSession
{
    IReadOnlyList<MacRunningEnforcer> IRunningEnforcerReader.ListRunningEnforcers() =>
        [.. Connection.Prepare(RunningEnforcerTable.SelectAll).All(RunningEnforcerTable.Rows.Read).Select(enforcer => enforcer.At(Now))];
}
