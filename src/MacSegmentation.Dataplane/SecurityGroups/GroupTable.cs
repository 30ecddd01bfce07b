using System.Collections.Concurrent;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;

namespace MacSegmentation.SecurityGroups;

/// <summary>The security groups of a snapshot, compiled. Immutable; a running switch swaps one table for the next.</summary>
/// <remarks>
/// The addresses that remote groups stand for are gathered when the table is compiled, the rules of a port when its port is first asked for:
/// a switch has few of the store's interface records behind its ports.
/// </remarks>
internal sealed class GroupTable
{
    private readonly ConfigurationSnapshot snapshot;
    private readonly Dictionary<string, MacSecurityGroup> groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AddressSet> members;
    private readonly ConcurrentDictionary<string, GroupRules> rules = new(StringComparer.OrdinalIgnoreCase);

    private GroupTable(ConfigurationSnapshot snapshot)
    {
        this.snapshot = snapshot;
        foreach (var group in snapshot.SecurityGroups)
        {
            groups.Add(group.Name, group);
        }

        members = GatherMembers(snapshot);
    }

    /// <summary>Compiles the groups of a snapshot.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="previous">The table in force: it is kept if neither groups nor interface records have changed.</param>
    public static GroupTable Compile(ConfigurationSnapshot snapshot, GroupTable? previous)
    {
        bool isUnchanged = previous is not null
            && previous.snapshot.Interfaces == snapshot.Interfaces
            && previous.snapshot.SecurityGroups == snapshot.SecurityGroups;
        return isUnchanged ? previous! : new GroupTable(snapshot);
    }

    /// <summary>What the groups of an interface record's port say.</summary>
    /// <param name="record">A record of the snapshot. A group that the snapshot does not know admits nothing.</param>
    public PortGroups Of(MacInterface record)
    {
        if (record.SecurityGroup.Count == 0)
        {
            return PortGroups.Unrestricted;
        }

        string names = string.Join('\n', record.SecurityGroup);
        var combined = rules.GetOrAdd(names, static (_, given) => given.Table.Combine(given.Names), (Table: this, Names: record.SecurityGroup));

        // Running numbers: no two records that live at once are 2^32 apart.
        return new PortGroups(unchecked((uint)record.InterfaceId), combined);
    }

    private static Dictionary<string, AddressSet> GatherMembers(ConfigurationSnapshot snapshot)
    {
        var gathered = new Dictionary<string, List<UInt128>>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in snapshot.SecurityGroups.SelectMany(group => group.Rule))
        {
            if (rule.RemoteGroup is { } name)
            {
                gathered.TryAdd(name, []);
            }
        }

        foreach (var record in snapshot.Interfaces)
        {
            foreach (string name in record.SecurityGroup)
            {
                if (gathered.TryGetValue(name, out var addresses))
                {
                    AddAddresses(record, addresses);
                }
            }
        }

        return gathered.ToDictionary(group => group.Key, group => new AddressSet(group.Value), StringComparer.OrdinalIgnoreCase);
    }

    private static void AddAddresses(MacInterface record, List<UInt128> addresses)
    {
        foreach (var address in record.IPAddress)
        {
            addresses.Add(IpNumber.From(address.Address));
        }

        foreach (var pair in record.AddressPair)
        {
            addresses.Add(IpNumber.From(pair.IPAddress));
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
           select new GroupRule(rule, found.IsStateless, rule.RemoteGroup is { } remote ? members[remote] : null),
    ];
}
