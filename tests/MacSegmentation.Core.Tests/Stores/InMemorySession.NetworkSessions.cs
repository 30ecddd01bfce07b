using MacSegmentation.InterfaceRecords;
using System.Collections.Immutable;
using MacSegmentation.NetworkSessions;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession
{
    public MacSession? FindSession(string name) => State.Sessions.GetValueOrDefault(name) is { } session ? Counted(session) : null;

    public IReadOnlyList<MacSession> ListSessions() => [.. State.Sessions.Values.Select(Counted)];

    public MacInstance? FindInstance(string name) => ListInstances().FirstOrDefault(instance => Names.Equals(instance.Name, name));

    public IReadOnlyList<MacInstance> ListInstances(string? session = null) => [.. State.Instances.Values
        .Where(instance => session is null || Names.Equals(instance.Session, session))
        .Select(instance => State.Interfaces[instance.InterfaceId] is var record
            ? instance with
            {
                Name = record.Name,
                VlanId = record.VlanId,
                MacAddress = record.MacAddress,
                EffectiveProfile = record.Profile,
                MayUseOtherAddresses = !record.PortSecurity || record.AddressPair.Any(pair => pair.HasOwnMacAddress),
            }
            : instance)
        .OrderBy(instance => instance.Name, Names)];

    public MacProfileRule? FindProfileRule(long ruleId) => State.ProfileRules.GetValueOrDefault(ruleId);

    public IReadOnlyList<MacProfileRule> ListProfileRules() => [.. State.ProfileRules.Values];

    public void InsertSession(MacSession session) => State = State with { Sessions = State.Sessions.Add(session.Name, session) };

    public void UpdateSession(MacSession session) => State = State with { Sessions = State.Sessions.SetItem(session.Name, session) };

    public void DeleteSession(string name) => State = State with { Sessions = State.Sessions.Remove(name) };

    public void InsertInstance(MacInstance instance)
    {
        State = State with { Instances = State.Instances.Add(instance.InterfaceId, instance) };
        Set(State.Interfaces[instance.InterfaceId] with { Session = instance.Session, Attachment = AttachmentOf(instance) });
    }

    public void UpdateInstance(MacInstance instance)
    {
        State = State with { Instances = State.Instances.SetItem(instance.InterfaceId, instance) };
        Set(State.Interfaces[instance.InterfaceId] with { Attachment = AttachmentOf(instance) });
    }

    public void DeleteInstance(MacInstance instance)
    {
        State = State with { Instances = State.Instances.Remove(instance.InterfaceId), Adjustments = WithoutAdjustment(instance.InterfaceId) };
        Set(State.Interfaces[instance.InterfaceId] with { Session = null, Attachment = null });
    }

    public MacProfileRule InsertProfileRule(MacProfileRule rule)
    {
        var stored = rule with { RuleId = State.LastProfileRuleId + 1 };
        State = State with { ProfileRules = State.ProfileRules.Add(stored.RuleId, stored), LastProfileRuleId = stored.RuleId };
        return stored;
    }

    public void UpdateProfileRule(MacProfileRule rule) => State = State with { ProfileRules = State.ProfileRules.SetItem(rule.RuleId, rule) };

    public void DeleteProfileRule(long ruleId) =>
        State = State with { ProfileRules = State.ProfileRules.Remove(ruleId), Adjustments = State.Adjustments.RemoveAll(adjustment => adjustment.RuleId == ruleId) };

    public IReadOnlyList<InstanceSchedule> ListSchedules() =>
        [.. ListInstances().Where(instance => instance.Schedule is not null).Select(instance => new InstanceSchedule(instance.Name, instance.InterfaceId, instance.Schedule!))];

    public void InsertSchedule(InstanceSchedule schedule) => UpdateInstance(State.Instances[schedule.InterfaceId] with { Schedule = schedule.Schedule });

    public void DeleteSchedule(long interfaceId) => UpdateInstance(State.Instances[interfaceId] with { Schedule = null });

    public IReadOnlyList<ProfileAdjustment> ListAdjustments() =>
        [.. State.Adjustments.Where(adjustment => State.Instances.ContainsKey(adjustment.InterfaceId)).OrderBy(adjustment => adjustment.Instance, Names)];

    public void InsertAdjustment(ProfileAdjustment adjustment) => State = State with { Adjustments = State.Adjustments.Add(adjustment) };

    public void DeleteAdjustment(ProfileAdjustment adjustment) => State = State with { Adjustments = WithoutAdjustment(adjustment.InterfaceId) };

    private ImmutableList<ProfileAdjustment> WithoutAdjustment(long interfaceId) => State.Adjustments.RemoveAll(adjustment => adjustment.InterfaceId == interfaceId);

    private MacSession Counted(MacSession session) => session with { Instances = State.Instances.Values.Count(instance => Names.Equals(instance.Session, session.Name)) };

    private static InterfaceAttachment? AttachmentOf(MacInstance instance) => instance.Attach == AttachmentKind.None ? null : new InterfaceAttachment(instance.Attach, instance.AttachEnforcer);
}
