using System.Collections.Immutable;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>The security groups of a configuration, compiled. Its rules are immutable; the addresses that its remote groups stand for change with their members.</summary>
/// <remarks>The rules of a port are compiled when its port is first asked for: a switch has few of the store's interface records behind its ports.</remarks>
internal sealed class GroupTable
{
    private readonly ImmutableArray<MacSecurityGroup> source;
    private readonly Dictionary<string, MacSecurityGroup> groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RemoteGroup> remotes;
    private readonly Dictionary<string, GroupRules> rules;

    private GroupTable(ConfigurationSnapshot snapshot, GroupTable? sameRules)
    {
        source = snapshot.Of<MacSecurityGroup>();
        Interfaces = snapshot.Interfaces;
        foreach (var group in source)
        {
            groups.Add(group.Name, group);
        }

        rules = sameRules?.rules ?? new(StringComparer.OrdinalIgnoreCase);
        remotes = sameRules?.remotes ?? source
            .SelectMany(group => group.Rule)
            .Select(rule => rule.RemoteGroup)
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToDictionary(name => name, _ => new RemoteGroup(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The table without groups.</summary>
    public static GroupTable Empty { get; } = new(new ConfigurationSnapshot(0, []), sameRules: null);

    /// <summary>The interface records whose memberships it knows.</summary>
    public ImmutableArray<MacInterface> Interfaces { get; }

    /// <summary>Compiles the groups of a configuration beside the frames.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="changes">How its interface records differ from the active ones; null if none are active.</param>
    /// <param name="active">The active table: its rules are taken over if no group has changed, and its remote groups are told of changed members only.</param>
    /// <param name="setAddresses">Puts the remote groups' addresses in force.</param>
    public static GroupTable Prepare(ConfigurationSnapshot snapshot, List<RecordChange>? changes, GroupTable active, out Action setAddresses)
    {
        bool hasSameRules = active.source == snapshot.Of<MacSecurityGroup>();
        if (hasSameRules && changes is { Count: 0 })
        {
            setAddresses = static () => { };
            return active;
        }

        var next = new GroupTable(snapshot, hasSameRules ? active : null);
        var addresses = hasSameRules && changes is not null ? next.Change(changes) : next.Gather();
        setAddresses = () => addresses.ForEach(change => change.Group.Addresses = change.Addresses);
        return next;
    }

    /// <summary>True if both compile the same rules.</summary>
    public bool HasRulesOf(GroupTable other) => ReferenceEquals(rules, other.rules);

    /// <summary>What the groups of an interface record's port say. The calls are serialised.</summary>
    /// <param name="record">A record of the snapshot. A group that the snapshot does not know admits nothing.</param>
    public PortGroups Of(MacInterface record)
    {
        if (record.SecurityGroup.Count == 0)
        {
            return PortGroups.Unrestricted;
        }

        string names = string.Join('\n', record.SecurityGroup);
        if (!rules.TryGetValue(names, out var combined))
        {
            rules.Add(names, combined = Combine(record.SecurityGroup));
        }

        // Running numbers: no two records that live at once are 2^32 apart.
        return new PortGroups(unchecked((uint)record.InterfaceId), combined);
    }

    private List<(RemoteGroup Group, AddressSet Addresses)> Gather()
    {
        var gathered = remotes.Keys.ToDictionary(name => name, _ => new List<UInt128>(), StringComparer.OrdinalIgnoreCase);
        foreach (var record in Interfaces)
        {
            foreach (string name in record.SecurityGroup)
            {
                if (gathered.TryGetValue(name, out var addresses))
                {
                    addresses.AddRange(RemoteGroup.AddressesOf(record));
                }
            }
        }

        return [.. gathered.Select(group => (remotes[group.Key], new AddressSet(group.Value)))];
    }

    private List<(RemoteGroup Group, AddressSet Addresses)> Change(List<RecordChange> records)
    {
        var changes = new Dictionary<RemoteGroup, (List<UInt128> Removed, List<UInt128> Added)>();
        foreach (var change in records)
        {
            bool hasSameAddresses = !change.ChangesAddresses;
            string[] former = change.Before is null ? [] : [.. change.Before.SecurityGroup];
            string[] later = change.After is null ? [] : [.. change.After.SecurityGroup];
            foreach (string name in former.Where(name => !hasSameAddresses || !later.Contains(name, StringComparer.OrdinalIgnoreCase)))
            {
                Of(name)?.Removed.AddRange(RemoteGroup.AddressesOf(change.Before!));
            }

            foreach (string name in later.Where(name => !hasSameAddresses || !former.Contains(name, StringComparer.OrdinalIgnoreCase)))
            {
                Of(name)?.Added.AddRange(RemoteGroup.AddressesOf(change.After!));
            }
        }

        return [.. changes.Select(change => (change.Key, change.Key.Addresses.With(change.Value.Removed, change.Value.Added)))];

        (List<UInt128> Removed, List<UInt128> Added)? Of(string name)
        {
            if (!remotes.TryGetValue(name, out var group))
            {
                return null;
            }

            if (!changes.TryGetValue(group, out var lists))
            {
                changes.Add(group, lists = ([], []));
            }

            return lists;
        }
    }

    private GroupRules Combine(IReadOnlyList<string> names)
    {
        MacSecurityGroup[] known = [.. names.Where(groups.ContainsKey).Select(name => groups[name])];
        var outbound = CompileRules(known, TrafficDirection.Outbound);
        return new GroupRules(
            new RuleList(CompileRules(known, TrafficDirection.Inbound)),
            new RuleList(outbound),
            RestrictsOutbound: outbound.Count > 0,
            IsStateful: Array.Exists(known, group => !group.IsStateless));
    }

    private List<GroupRule> CompileRules(MacSecurityGroup[] known, TrafficDirection direction) =>
    [
        .. from found in known
           from rule in found.Rule
           where rule.Direction == direction
           select new GroupRule(rule, found.IsStateless, rule.RemoteGroup is { } remote ? remotes[remote] : null),
    ];
}
