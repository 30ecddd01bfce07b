using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Providers;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

/// <summary>All that a store answers, in lines: two stores that hold the same give the same lines.</summary>
internal static class StoreDescription
{
    public static string Of(MacVlan vlan) =>
        $"{vlan.VlanId} '{vlan.Name}' {vlan.DefaultAction} {vlan.ReuseDelay} {vlan.ArpResponder} {vlan.AdmitsOutOfPoolAddresses} [{string.Join(", ", vlan.Ranges)}]";

    public static string Of(MacInterface? record) => record is null
        ? "none"
        : $"{record.InterfaceId} '{record.Name}' {record.VlanId} {record.MacAddress} {record.HoldsAllocation} of '{record.InstanceId}' "
            + $"{record.PortSecurity} {record.DhcpGuard} {record.RouterGuard} {record.ArpRateLimit} {record.DhcpRateLimit} {record.RsRateLimit} {record.TriggerExempt} {record.Profile} {record.Session} {record.Attachment} {string.Join('+', record.PermittedEtherType)} [{string.Join(", ", record.IPAddress)}] "
            + $"pairs [{string.Join(", ", record.AddressPair)}] groups [{string.Join(", ", record.SecurityGroup)}] tags [{Of(record.Tag)}]";

    public static string Of(MacSecurityGroup? group) => group is null
        ? "none"
        : $"'{group.Name}' '{group.Description}' {group.IsStateless} members [{string.Join(", ", group.Member)}] rules [{string.Join("; ", group.Rule.Select(Of))}]";

    public static string Of(MacSecurityGroupRule? rule) => rule is null ? "none" : $"{rule.RuleId} {rule.GroupName}: {rule}";

    public static string Of(MacPartition? partition) => partition is null
        ? "none"
        : $"{partition.Id} '{partition.Name}' {partition.Priority} {partition.Match} [{Of(partition.Tag)}] without [{Of(partition.NotTag)}] {partition.IsStaged} policies [{string.Join("; ", partition.Policy.Select(Of))}]";

    public static string Of(MacPartitionPolicy? policy) => policy is null
        ? "none"
        : $"{policy.PolicyId} {policy.Partition} {policy.Order}: {policy} peer {policy.Peer.Kind} {policy.Protocol.Number} '{policy.To}'";

    private static string Of(IReadOnlyList<MacTag> tags) => string.Join(' ', tags.Select(tag => tag.Json));

    public static List<string> Of(IMacStore store, IReadOnlyList<MacAddress> probes) => store.Read(reader => Lines(reader, probes).ToList());

    private static IEnumerable<string> Lines(IStoreReader reader, IReadOnlyList<MacAddress> probes)
    {
        yield return $"revision {reader.Revision} at {reader.Now:O}";
        yield return $"vlans {string.Join("; ", reader.ListVlans().Select(Of))}";
        yield return $"allocations {string.Join("; ", reader.ListAllocations())}";
        yield return $"allocations of an instance {string.Join("; ", reader.ListAllocations(null, "Vm-1"))}";
        yield return $"policies {string.Join("; ", reader.ListPolicies().Select(policy => $"{policy.PolicyId} {policy.VlanId} {policy}"))}";
        yield return $"reservations {string.Join("; ", reader.ListReservations().Select(one => $"{one.VlanId} {one}"))}";
        for (int vlanId = 0; vlanId <= 4; vlanId++)
        {
            foreach (string line in VlanLines(reader, vlanId, probes))
            {
                yield return $"vlan {vlanId} {line}";
            }
        }

        foreach (var (first, last) in probes.Zip(probes.Skip(3)))
        {
            yield return $"{first} allocation {reader.FindAllocation(first)} held down {reader.FindHeldDown(first)}";
            yield return $"{first}-{last} reservation {reader.FindReservation(new MacRange(first, last))} alone {reader.FindReservation(new MacRange(first, first))} came back {string.Join("; ", reader.ListReservedHeldDown(new MacRange(first, last)))}";
            yield return $"{first}-{last} overlap {reader.FindOverlap(new MacRange(first, last))} alone {reader.FindOverlap(new MacRange(first, first))}";
        }

        foreach (var policy in reader.ListPolicies())
        {
            yield return $"policy {policy.PolicyId} {reader.FindPolicy(policy.PolicyId)} {reader.FindPolicyByOrder(policy.VlanId, policy.Order)} "
                + $"{reader.FindPolicyBefore(policy.VlanId, policy.Order)} {reader.FindPolicyBefore(policy.VlanId, policy.Order + 1L)} "
                + $"{reader.FindSamePolicy(policy.VlanId, policy.SourceAddress, policy.DestinationAddress, policy.Action)} {reader.FindPolicy(policy.PolicyId + 1)} "
                + $"{reader.FindPolicyByOrder(policy.VlanId, policy.Order + 1)} {reader.FindSamePolicy(policy.VlanId, policy.DestinationAddress, policy.SourceAddress, policy.Action)}";
        }

        foreach (string line in InterfaceLines(reader).Concat(GroupLines(reader)).Concat(PartitionLines(reader)).Concat(ProfileLines(reader)).Concat(SessionLines(reader)).Concat(HandleLines(reader, probes)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> InterfaceLines(IStoreReader reader)
    {
        var records = reader.ListInterfaces();
        yield return $"interfaces {List(records)}";
        yield return $"of an instance {List(reader.ListInterfaces(null, "Vm-1"))}";
        yield return $"of a VLAN {List(reader.ListInterfaces(2))}, {reader.CountInterfaces(2)}";
        yield return $"of both {List(reader.ListInterfaces(2, "Vm-1"))}";
        yield return $"pairs {string.Join("; ", reader.ListAddressPairs())}";
        foreach (var record in records)
        {
            yield return Of(reader.FindInterface(record.Name.ToUpperInvariant()));
            yield return Of(reader.FindInterface(record.Name + "x"));
            yield return Of(reader.FindInterfaceByAddress(record.VlanId, record.MacAddress));
            yield return Of(reader.FindInterfaceByAddress(record.VlanId + 1, record.MacAddress));
            yield return Of(reader.FindInterfaceIn(new MacRange(new MacAddress(record.MacAddress.Value - 2), record.MacAddress)));
            yield return $"uses {string.Join("; ", reader.ListInterfaceUses(record.InterfaceId))}";
            foreach (var address in record.IPAddress.Select(own => own.Address).Concat(record.AddressPair.Select(pair => pair.IPAddress)))
            {
                yield return Of(reader.FindInterfaceByIPAddress(record.VlanId, address));
                yield return Of(reader.FindInterfaceByIPAddress(record.VlanId + 1, address));
                yield return $"pairs of {address} {string.Join("; ", reader.ListAddressPairs(address))}";
            }
        }

        static string List(IReadOnlyList<MacInterface> records) => string.Join("; ", records.Select(Of));
    }

    private static IEnumerable<string> GroupLines(IStoreReader reader)
    {
        foreach (var group in reader.ListSecurityGroups())
        {
            yield return Of(group);
            yield return Of(reader.FindSecurityGroup(group.Name.ToLowerInvariant()));
            yield return $"{reader.FindSecurityGroupName(group.Name.ToUpperInvariant())} {reader.FindSecurityGroupName(group.Name + "x")}";
            yield return $"rules {string.Join("; ", reader.ListSecurityGroupRules(group.Name.ToUpperInvariant()).Select(Of))}";
            yield return $"rules that name it {string.Join("; ", reader.ListSecurityGroupRules(remoteGroup: group.Name.ToLowerInvariant()).Select(Of))}";
            yield return $"rules of it that name it {string.Join("; ", reader.ListSecurityGroupRules(group.Name, group.Name).Select(Of))}";
        }

        foreach (var rule in reader.ListSecurityGroupRules())
        {
            yield return $"{Of(rule)} {Of(reader.FindSecurityGroupRule(rule.RuleId))} {Of(reader.FindSecurityGroupRule(rule.RuleId + 1))}";
        }
    }

    private static IEnumerable<string> PartitionLines(IStoreReader reader)
    {
        yield return $"{reader.PartitionSettings} retired {string.Join("; ", reader.ListRetiredPartitions())} names {string.Join("; ", reader.PartitionNames.Records)}";
        yield return $"trigger names {string.Join("; ", reader.SecurityTriggerNames.Records)} holds {string.Join("; ", reader.ListTriggerHolds())}";
        foreach (var trigger in reader.ListSecurityTriggers())
        {
            yield return $"{trigger} {reader.FindSecurityTrigger(trigger.Name.ToUpperInvariant())} {reader.FindSecurityTrigger(trigger.Name + "x")}";
        }

        foreach (var partition in reader.ListPartitions())
        {
            yield return Of(partition);
            yield return Of(reader.FindPartition(partition.Name.ToUpperInvariant()));
            yield return Of(reader.FindPartition(partition.Name + "x"));
            yield return $"has members {PartitionCatalog.HasMembers(reader, partition)}";
            foreach (var policy in partition.Policy)
            {
                yield return $"{Of(reader.FindPartitionPolicy(policy.PolicyId))} {Of(reader.FindPartitionPolicy(policy.PolicyId + 1))}";
            }
        }

        for (int vlanId = 1; vlanId <= 3; vlanId++)
        {
            yield return $"policies with VLAN {vlanId} {reader.CountPeerPolicies(vlanId)}";
        }

        foreach (var use in reader.ListTags())
        {
            var first = reader.ListTagged(use.Tag, 0, 1);
            yield return $"tag {use.Tag.Json} {use.Records}: {string.Join("; ", first.Select(Of))} and {string.Join("; ", reader.ListTagged(use.Tag, first[0].InterfaceId, 2).Select(Of))}";
        }
    }

    private static IEnumerable<string> ProfileLines(IStoreReader reader)
    {
        yield return $"profile names {string.Join("; ", reader.ProfileNames.Records)}";
        foreach (var profile in reader.ListProfiles())
        {
            yield return $"{profile} {reader.FindProfile(profile.Name.ToUpperInvariant()) == profile} {reader.FindProfile(profile.Name + "x")}";
            yield return $"used by {reader.CountInterfacesWith(profile.Name)}: {string.Join("; ", reader.ListInterfacesWith(profile.Name, 2))}";
        }
    }

    private static IEnumerable<string> SessionLines(IStoreReader reader)
    {
        yield return $"session names {string.Join("; ", reader.SessionNames.Records)} rules {string.Join("; ", reader.ListProfileRules().Select(rule => $"{rule} tagged {Of(rule.MatchTag)}"))}";
        yield return $"instances {string.Join("; ", reader.ListInstances())} after {string.Join("; ", reader.ListInstancesAfter("I1", 2))} named {string.Join("; ", reader.ListInstancesNamed("I", 3))}";
        yield return $"adjusted {string.Join("; ", reader.ListAdjustments())} {reader.FindAdjustment("I1")}";
        foreach (var session in reader.ListSessions())
        {
            yield return $"{session} {reader.FindSession(session.Name.ToUpperInvariant())} {reader.FindSession(session.Name + "x")}";
            yield return $"of it {string.Join("; ", reader.ListInstances(session.Name.ToUpperInvariant()))} in its VLAN {reader.CountSessions(session.VlanId)}";
        }

        foreach (var rule in reader.ListProfileRules())
        {
            yield return $"{reader.FindProfileRule(rule.RuleId)} {reader.FindProfileRule(rule.RuleId + 1000)}";
        }

        foreach (var instance in reader.ListInstances())
        {
            yield return $"{reader.FindInstance(instance.Name.ToUpperInvariant())} {reader.FindInstance(instance.Name + "x")}";
        }

        foreach (var profile in reader.ListProfiles())
        {
            yield return $"used by {string.Join("; ", reader.ListSessionUses(profile.Name, 5))}";
        }
    }

    private static IEnumerable<string> HandleLines(IStoreReader reader, IReadOnlyList<MacAddress> probes)
    {
        yield return $"handles {string.Join("; ", reader.ListHandles())}";
        yield return $"of a VLAN {string.Join("; ", reader.ListHandles(2))}";
        yield return $"in a range {string.Join("; ", reader.ListHandlesIn(new MacRange(probes[5], probes[20])))}";
        yield return $"since {string.Join("; ", reader.ListHandlesSince(3, 1, 5))} {string.Join("; ", reader.ListHandlesSince(0, 0, 100))}";
        string[] asked = ["https://host/A", "Z", "z", .. reader.ListHandles().Select(handle => handle.Handle), .. Enumerable.Range(0, 70).Select(i => $"h{i}")];
        yield return $"known {string.Join("; ", reader.ListKnown(asked).Order(StringComparer.Ordinal))} {reader.ListKnown([]).Count}";
        yield return $"allocated {string.Join("; ", reader.ListAllocated(probes).Order())} {reader.ListAllocated([]).Count}";
        yield return $"unreported {string.Join("; ", reader.ListUnreportedHandles(3))}";
        yield return $"of one beginning {string.Join("; ", reader.ListHandlesBetween("h", "h\uffff", 3))}";
        foreach (var handle in reader.ListHandles())
        {
            yield return $"of one text {string.Join("; ", reader.ListHandlesBetween(handle.Handle, handle.Handle, 9))} {string.Join("; ", reader.ListHandlesBetween(handle.Handle, handle.Handle, 1))}";
            yield return $"{reader.FindHandle(handle.Handle)} {reader.FindHandle(handle.Handle, handle.InstanceId.ToUpperInvariant())} {reader.FindHandle(handle.Handle + "x")}";
            yield return $"of one name {string.Join("; ", reader.ListHandlesNamed(handle.Handle).OrderBy(record => record.HandleId))} {reader.CountHeldBy(handle.Client, 4)}";
            yield return $"rest of a revision {string.Join("; ", reader.ListHandlesSince(handle.Revision, handle.HandleId, 2))}";
        }

        yield return $"providers {string.Join("; ", reader.ListProviders())} {reader.FindProvider("Site-A")} {reader.FindProvider("\u00dc")}";
        yield return $"blocks {string.Join("; ", reader.ListBlocks())} with their use {string.Join("; ", BlockCatalog.List(reader))} of a VLAN {string.Join("; ", reader.ListBlocks(2))}";
        yield return $"of a provider {string.Join("; ", reader.ListBlocks(null, "Site-B"))} of both {string.Join("; ", reader.ListBlocks(2, "Site-B"))}";
        foreach (var (first, last) in probes.Zip(probes.Skip(3)))
        {
            var range = new MacRange(first, last);
            yield return $"{range} block {reader.FindBlockIn(range)} allocation {reader.FindAllocationIn(range)} owner {reader.FindHandleByAddress(first)}";
        }

        // A token is drawn anew for each store.
        yield return $"clients {string.Join("; ", reader.ListProviderClients().Select(client => $"{client.ClientId} {client.Name} [{string.Join(',', client.VlanId)}] {client.CreatedAt:O} {client.TokenDigest.Count}"))}";
        yield return $"client {reader.FindProviderClient("SITE-a")?.Name}";
    }

    private static IEnumerable<string> VlanLines(IStoreReader reader, int vlanId, IReadOnlyList<MacAddress> probes)
    {
        yield return reader.FindVlan(vlanId) is { } vlan ? Of(vlan) : "none";
        yield return $"lowest {reader.FindLowestFree(vlanId)} free {string.Join("; ", reader.ListFree(vlanId))}";
        yield return $"longest {reader.FindLongestHeldDown(vlanId)} held down {string.Join("; ", reader.ListHeldDown(vlanId))}";
        yield return $"last order {reader.FindLastOrder(vlanId)} policies {string.Join("; ", reader.ListPolicies(vlanId))}";
        yield return $"allocated {reader.CountAllocations(vlanId)}, in the middle {reader.CountAllocations(vlanId, new MacRange(probes[5], probes[20]))}";
        yield return $"allocations {string.Join("; ", reader.ListAllocations(vlanId))}, of an instance {string.Join("; ", reader.ListAllocations(vlanId, "VM-1"))}";
        foreach (var address in probes)
        {
            yield return $"free around {address} {reader.FindFree(vlanId, address)}";
            var range = new MacRange(address, new MacAddress(address.Value + 5));
            yield return $"in {range} lowest {reader.FindLowestFreeIn(vlanId, range)} longest {reader.FindLongestHeldDownIn(vlanId, range)}";
            yield return $"runs in {range}: {string.Join("; ", new long[] { 1, 2, 4, 6, 7 }.Select(count => reader.FindLowestRun(vlanId, range, count)))}";
        }
    }
}
