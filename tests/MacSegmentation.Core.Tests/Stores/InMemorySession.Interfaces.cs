using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession
{
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    public MacInterface? FindInterface(string name) => State.Interfaces.Values.FirstOrDefault(i => Names.Equals(i.Name, name));

    public MacInterface? FindInterfaceByAddress(int vlanId, MacAddress address) =>
        State.Interfaces.Values.FirstOrDefault(i => i.VlanId == vlanId && i.MacAddress == address);

    public MacInterface? FindInterfaceByIPAddress(int vlanId, IPAddress address) =>
        State.Interfaces.Values.FirstOrDefault(i => i.VlanId == vlanId && i.IPAddress.Any(own => own.Address.Equals(address)));

    public MacInterface? FindInterfaceIn(MacRange range) =>
        State.Interfaces.Values.Where(i => range.Contains(i.MacAddress)).OrderBy(i => i.MacAddress).ThenBy(i => i.VlanId).FirstOrDefault();

    public IReadOnlyList<MacInterface> ListInterfaces(int? vlanId = null, string? instanceId = null) =>
    [
        .. State.Interfaces.Values
            .Where(i => (vlanId is null || i.VlanId == vlanId) && (instanceId is null || Names.Equals(i.InstanceId, instanceId)))
            .OrderBy(i => i.Name, Names),
    ];

    public long CountInterfaces(int vlanId) => ListInterfaces(vlanId).Count;

    public IReadOnlyList<MacAddressPair> ListAddressPairs(IPAddress? address = null) =>
    [
        .. State.Interfaces.Values.SelectMany(i => i.AddressPair)
            .Where(pair => address is null || pair.IPAddress.Equals(address))
            .Order(InterfaceCatalog.PairOrder)
            .ThenBy(pair => pair.InterfaceName, Names),
    ];

    public IReadOnlyList<InterfaceUse> ListInterfaceUses(long interfaceId) =>
        [.. State.Uses.Where(use => use.InterfaceId == interfaceId).OrderBy(use => use.EnforcerId, StringComparer.Ordinal)];

    public MacSecurityGroup? FindSecurityGroup(string name) => State.Groups.GetValueOrDefault(name) is { } group ? WithMembers(group) : null;

    public string? FindSecurityGroupName(string name) => State.Groups.GetValueOrDefault(name)?.Name;

    public IReadOnlyList<MacSecurityGroup> ListSecurityGroups() => [.. State.Groups.Values.Select(WithMembers)];

    public MacSecurityGroupRule? FindSecurityGroupRule(long ruleId) => ListSecurityGroupRules().FirstOrDefault(rule => rule.RuleId == ruleId);

    public IReadOnlyList<MacSecurityGroupRule> ListSecurityGroupRules(string? groupName = null, string? remoteGroup = null) =>
    [
        .. State.Groups.Values.SelectMany(group => group.Rule)
            .Where(rule => (groupName is null || Names.Equals(rule.GroupName, groupName)) && (remoteGroup is null || Names.Equals(rule.RemoteGroup, remoteGroup)))
            .OrderBy(rule => rule.RuleId),
    ];

    public MacInterface InsertInterface(MacInterface record)
    {
        var stored = record with { InterfaceId = State.LastInterfaceId + 1, AddressPair = [], SecurityGroup = [], Session = null, Attachment = null };
        State = State with { Interfaces = State.Interfaces.Add(stored.InterfaceId, stored), LastInterfaceId = stored.InterfaceId };
        return stored;
    }

    public void UpdateInterface(MacInterface record)
    {
        var before = State.Interfaces[record.InterfaceId];
        SetPairs(
            record with { SecurityGroup = before.SecurityGroup, Session = before.Session, Attachment = before.Attachment },
            before.AddressPair.Select(pair => pair with { InterfaceName = record.Name, VlanId = record.VlanId, MacAddress = pair.HasOwnMacAddress ? pair.MacAddress : record.MacAddress }));
    }

    public void DeleteInterface(long interfaceId) => State = State with
    {
        Interfaces = State.Interfaces.Remove(interfaceId),
        Uses = State.Uses.RemoveAll(use => use.InterfaceId == interfaceId),
        Instances = State.Instances.Remove(interfaceId),
        NicMetrics = State.NicMetrics.RemoveAll(metric => metric.InterfaceId == interfaceId),
        NicSamples = State.NicSamples.RemoveAll(metric => metric.InterfaceId == interfaceId),
        Adjustments = WithoutAdjustment(interfaceId),
        TriggerHolds = State.TriggerHolds.RemoveAll(hold => FindInterface(hold.Interface)?.InterfaceId == interfaceId),
    };

    public void InsertAddressPair(long interfaceId, MacAddressPair pair) =>
        SetPairs(State.Interfaces[interfaceId], State.Interfaces[interfaceId].AddressPair.Append(pair));

    public void DeleteAddressPair(long interfaceId, MacAddressPair pair) =>
        SetPairs(State.Interfaces[interfaceId], State.Interfaces[interfaceId].AddressPair.Where(other => other != pair));

    public void UpsertInterfaceUse(InterfaceUse use)
    {
        if (State.Interfaces.ContainsKey(use.InterfaceId))
        {
            var others = State.Uses.RemoveAll(other => other.InterfaceId == use.InterfaceId
                && (string.Equals(other.EnforcerId, use.EnforcerId, StringComparison.Ordinal) || other.SeenAt < use.SeenAt - TimeSpan.FromDays(1)));
            State = State with { Uses = others.Add(use) };
        }
    }

    public void DeleteInterfaceUses(string enforcerId) =>
        State = State with { Uses = State.Uses.RemoveAll(use => string.Equals(use.EnforcerId, enforcerId, StringComparison.Ordinal)) };

    public void InsertSecurityGroup(MacSecurityGroup group) => State = State with { Groups = State.Groups.Add(group.Name, group) };

    public void UpdateSecurityGroup(string name, MacSecurityGroup group)
    {
        string NameOf(string other) => Names.Equals(other, name) ? group.Name : other;
        State = State with
        {
            Groups = ImmutableGroups(State.Groups.Values.Select(one => Names.Equals(one.Name, name) ? one with { Name = group.Name, Description = group.Description } : one).Select(one => one with
            {
                Rule = [.. one.Rule.Select(rule => rule with { GroupName = NameOf(rule.GroupName), RemoteGroup = rule.RemoteGroup is { } remote ? NameOf(remote) : null })],
            })),
            Interfaces = State.Interfaces.SetItems(State.Interfaces.Where(i => i.Value.SecurityGroup.Contains(name, Names)).Select(
                i => KeyValuePair.Create(i.Key, i.Value with { SecurityGroup = [.. i.Value.SecurityGroup.Select(NameOf).Order(Names)] }))),
        };
    }

    public void DeleteSecurityGroup(string name) => State = State with
    {
        Groups = ImmutableGroups(State.Groups.Remove(name).Values.Select(
            group => group with { Rule = [.. group.Rule.Where(rule => !Names.Equals(rule.RemoteGroup, name))] })),
        Interfaces = State.Interfaces.SetItems(State.Interfaces.Where(i => i.Value.SecurityGroup.Contains(name, Names)).Select(
            i => KeyValuePair.Create(i.Key, i.Value with { SecurityGroup = [.. i.Value.SecurityGroup.Where(group => !Names.Equals(group, name))] }))),
    };

    public MacSecurityGroupRule InsertSecurityGroupRule(MacSecurityGroupRule rule)
    {
        var stored = rule with { RuleId = State.LastRuleId + 1 };
        var group = State.Groups[rule.GroupName];
        State = State with { Groups = State.Groups.SetItem(group.Name, group with { Rule = [.. group.Rule, stored] }), LastRuleId = stored.RuleId };
        return stored;
    }

    public void DeleteSecurityGroupRule(long ruleId) => State = State with
    {
        Groups = ImmutableGroups(State.Groups.Values.Select(group => group with { Rule = [.. group.Rule.Where(rule => rule.RuleId != ruleId)] })),
    };

    public void InsertSecurityGroupMember(string groupName, long interfaceId)
    {
        var record = State.Interfaces[interfaceId];
        Set(record with { SecurityGroup = [.. record.SecurityGroup.Append(State.Groups[groupName].Name).Order(Names)] });
    }

    public void DeleteSecurityGroupMember(string groupName, long interfaceId)
    {
        var record = State.Interfaces[interfaceId];
        Set(record with { SecurityGroup = [.. record.SecurityGroup.Where(group => !Names.Equals(group, groupName))] });
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, MacSecurityGroup> ImmutableGroups(IEnumerable<MacSecurityGroup> groups) =>
        InMemoryState.Empty.Groups.AddRange(groups.Select(group => KeyValuePair.Create(group.Name, group)));

    private MacSecurityGroup WithMembers(MacSecurityGroup group) =>
        group with { Member = [.. ListInterfaces().Where(i => i.SecurityGroup.Contains(group.Name, Names)).Select(i => i.Name)] };

    private void SetPairs(MacInterface record, IEnumerable<MacAddressPair> pairs) => Set(record with { AddressPair = [.. pairs.Order(InterfaceCatalog.PairOrder)] });

    private void Set(MacInterface record) => State = State with { Interfaces = State.Interfaces.SetItem(record.InterfaceId, record) };
}
