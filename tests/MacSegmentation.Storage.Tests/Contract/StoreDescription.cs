using MacSegmentation.Addressing;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

/// <summary>All that a store answers, in lines: two stores that hold the same give the same lines.</summary>
internal static class StoreDescription
{
    public static string Of(MacVlan vlan) =>
        $"{vlan.VlanId} '{vlan.Name}' {vlan.DefaultAction} {vlan.ReuseDelay} [{string.Join(", ", vlan.Ranges)}]";

    public static List<string> Of(IMacStore store, IReadOnlyList<MacAddress> probes) => store.Read(reader => Lines(reader, probes).ToList());

    private static IEnumerable<string> Lines(IStoreReader reader, IReadOnlyList<MacAddress> probes)
    {
        yield return $"revision {reader.Revision} at {reader.Now:O}";
        yield return $"vlans {string.Join("; ", reader.ListVlans().Select(Of))}";
        yield return $"allocations {string.Join("; ", reader.ListAllocations())}";
        yield return $"allocations of an instance {string.Join("; ", reader.ListAllocations(null, "Vm-1"))}";
        yield return $"policies {string.Join("; ", reader.ListPolicies().Select(policy => $"{policy.PolicyId} {policy.VlanId} {policy}"))}";
        for (int vlanId = 0; vlanId <= 4; vlanId++)
        {
            foreach (string line in VlanLines(reader, vlanId, probes))
            {
                yield return $"vlan {vlanId} {line}";
            }
        }

        foreach (var (first, last) in probes.Zip(probes.Skip(3)))
        {
            yield return $"{first} allocation {reader.FindAllocation(first)} resting {reader.FindResting(first)}";
            yield return $"{first}-{last} overlap {reader.FindOverlap(new MacRange(first, last))} alone {reader.FindOverlap(new MacRange(first, first))}";
        }

        foreach (var policy in reader.ListPolicies())
        {
            yield return $"policy {policy.PolicyId} {reader.FindPolicy(policy.PolicyId)} {reader.FindPolicyByOrder(policy.VlanId, policy.Order)} "
                + $"{reader.FindSamePolicy(policy.VlanId, policy.SourceAddress, policy.DestinationAddress, policy.Action)} {reader.FindPolicy(policy.PolicyId + 1)} "
                + $"{reader.FindPolicyByOrder(policy.VlanId, policy.Order + 1)} {reader.FindSamePolicy(policy.VlanId, policy.DestinationAddress, policy.SourceAddress, policy.Action)}";
        }
    }

    private static IEnumerable<string> VlanLines(IStoreReader reader, int vlanId, IReadOnlyList<MacAddress> probes)
    {
        yield return reader.FindVlan(vlanId) is { } vlan ? Of(vlan) : "none";
        yield return $"lowest {reader.FindLowestFree(vlanId)} free {string.Join("; ", reader.ListFree(vlanId))}";
        yield return $"longest {reader.FindLongestResting(vlanId)} resting {string.Join("; ", reader.ListResting(vlanId))}";
        yield return $"last order {reader.FindLastOrder(vlanId)} policies {string.Join("; ", reader.ListPolicies(vlanId))}";
        yield return $"allocated {reader.CountAllocations(vlanId)}, in the middle {reader.CountAllocations(vlanId, new MacRange(probes[5], probes[20]))}";
        yield return $"allocations {string.Join("; ", reader.ListAllocations(vlanId))}, of an instance {string.Join("; ", reader.ListAllocations(vlanId, "VM-1"))}";
        foreach (var address in probes)
        {
            yield return $"free around {address} {reader.FindFree(vlanId, address)}";
        }
    }
}
