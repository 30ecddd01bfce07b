using MacSegmentation.RunningEnforcers;
using MacSegmentation.Watches;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession
{
    public IReadOnlyList<MacRunningEnforcer> ListRunningEnforcers() =>
    [
        .. State.RunningEnforcers.Values.Select(enforcer => enforcer.At(Now))
            .OrderBy(enforcer => enforcer.HostName, StringComparer.Ordinal).ThenBy(enforcer => enforcer.Process, StringComparer.Ordinal).ThenBy(enforcer => enforcer.EnforcerId, StringComparer.Ordinal),
    ];

    public void UpsertRunningEnforcer(MacRunningEnforcer enforcer) => State = State with
    {
        RunningEnforcers = State.RunningEnforcers.SetItem(enforcer.EnforcerId, enforcer with { State = default })
            .RemoveRange(State.RunningEnforcers.Values.Where(other => other.SeenAt < enforcer.SeenAt - MacRunningEnforcer.Remembered).Select(other => other.EnforcerId)),
    };

    public void DeleteRunningEnforcer(string enforcerId) => State = State with { RunningEnforcers = State.RunningEnforcers.Remove(enforcerId) };

    public MacWatch? FindWatch(string name) => State.Watches.GetValueOrDefault(name);

    public IReadOnlyList<MacWatch> ListWatches() => [.. State.Watches.Values];

    public IReadOnlyList<SpooledEvent> ListSpooledEvents(string name, int limit) => [.. State.Spool.Where(spooled => Names.Equals(spooled.Watch, name)).OrderBy(spooled => spooled.Number).Take(limit)];

    public long CountSpooledEvents(string name) => State.Spool.LongCount(spooled => Names.Equals(spooled.Watch, name));

    public void UpsertWatch(MacWatch watch) => State = State with { Watches = State.Watches.SetItem(watch.Name, watch) };

    public void InsertSpooledEvent(SpooledEvent spooled) => State = State with { Spool = State.Spool.Add(spooled) };

    public long DeleteSpooledEvents(string name, long upTo)
    {
        int before = State.Spool.Count;
        State = State with { Spool = State.Spool.RemoveAll(spooled => Names.Equals(spooled.Watch, name) && spooled.Number <= upTo) };
        return before - State.Spool.Count;
    }
}
