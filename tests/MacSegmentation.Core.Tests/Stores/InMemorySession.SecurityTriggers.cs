using MacSegmentation.SecurityTriggers;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession
{
    public MacSecurityTrigger? FindSecurityTrigger(string name) => State.SecurityTriggers.GetValueOrDefault(name) is { } trigger ? Counted(trigger) : null;

    public IReadOnlyList<MacSecurityTrigger> ListSecurityTriggers() => [.. State.SecurityTriggers.Values.Select(Counted)];

    public IReadOnlyList<TriggerHold> ListTriggerHolds(string? interfaceName = null) =>
        [.. State.TriggerHolds.Where(hold => interfaceName is null || Names.Equals(hold.Interface, interfaceName)).OrderBy(hold => hold.Trigger, Names).ThenBy(hold => hold.Interface, Names)];

    public void InsertSecurityTrigger(MacSecurityTrigger trigger) => State = State with { SecurityTriggers = State.SecurityTriggers.Add(trigger.Name, trigger) };

    public void UpdateSecurityTrigger(MacSecurityTrigger trigger) => State = State with { SecurityTriggers = State.SecurityTriggers.SetItem(trigger.Name, trigger) };

    public void DeleteSecurityTrigger(string name) => State = State with
    {
        SecurityTriggers = State.SecurityTriggers.Remove(name),
        TriggerHolds = State.TriggerHolds.RemoveAll(hold => Names.Equals(hold.Trigger, name)),
    };

    public void PutTriggerHold(TriggerHold hold)
    {
        DeleteTriggerHold(hold);
        State = State with { TriggerHolds = State.TriggerHolds.Add(hold) };
    }

    public void DeleteTriggerHold(TriggerHold hold) => State = State with
    {
        TriggerHolds = State.TriggerHolds.RemoveAll(other => Names.Equals(other.Trigger, hold.Trigger) && Names.Equals(other.Interface, hold.Interface)),
    };

    private MacSecurityTrigger Counted(MacSecurityTrigger trigger) => trigger with { InForce = ListTriggerHolds().Count(hold => Names.Equals(hold.Trigger, trigger.Name)) };
}
