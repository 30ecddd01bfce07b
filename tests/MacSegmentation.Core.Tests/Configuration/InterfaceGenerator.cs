using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pools;

namespace MacSegmentation.Configuration;

/// <summary>Legal interface records of so few names and addresses that two documents dispute all of them.</summary>
/// <param name="random">Where chance comes from.</param>
/// <param name="groups">The document's security groups.</param>
/// <param name="profiles">The document's vNIC profiles.</param>
/// <param name="choices">True to leave some addresses open.</param>
internal sealed class InterfaceGenerator(Random random, string[] groups, string[] profiles, bool choices)
{
    private static readonly MacAddress Virtual = MacAddress.Parse("00:00:5e:00:01:0a");

    private readonly Queue<string> names = new(Enumerable.Range(0, 6).Select(i => random.Next(4) == 0 ? $"IF-{i}" : $"if-{i}").OrderBy(_ => random.Next()));

    /// <summary>Takes some of the names that are left for a VLAN.</summary>
    /// <param name="allocations">What the VLAN gives to machines.</param>
    /// <param name="free">Addresses of its pool that are left.</param>
    /// <param name="outside">Addresses of no pool.</param>
    public InterfaceConfiguration[] Take(AllocationConfiguration[] allocations, MacAddress[] free, MacAddress[] outside)
    {
        var machines = new Queue<AllocationConfiguration>(allocations.Where(allocation => allocation.MacAddress is not null).OrderBy(_ => random.Next()));
        var pool = new Queue<MacAddress>(free.OrderBy(_ => random.Next()));
        var others = new Queue<MacAddress>(outside.OrderBy(_ => random.Next()));
        var hosts = new Queue<int>(Enumerable.Range(1, 8).OrderBy(_ => random.Next()));
        var records = new List<InterfaceConfiguration>();
        for (int count = random.Next(5); count > 0 && names.TryDequeue(out string? name); count--)
        {
            string? instanceId = random.Next(2) == 0 ? null : (random.Next(2) == 0 ? "vm-" : "VM-") + random.Next(4);
            int kind = random.Next(3);
            if (kind == 0 && machines.TryDequeue(out var machine))
            {
                records.Add(Make(name, machine.InstanceId, machine.MacAddress, hosts));
            }
            else if (kind == 1 && others.TryDequeue(out var other))
            {
                records.Add(Make(name, instanceId, other, hosts));
            }
            else if (pool.TryDequeue(out var own))
            {
                records.Add(Make(name, instanceId, choices && random.Next(2) == 0 ? null : own, hosts));
            }
        }

        return [.. records];
    }

    private InterfaceConfiguration Make(string name, string? instanceId, MacAddress? address, Queue<int> hosts)
    {
        int[] own = [.. Enumerable.Range(0, random.Next(3)).TakeWhile(_ => hosts.Count > 0).Select(_ => hosts.Dequeue())];
        var pairs = Enumerable.Range(0, own.Length == 0 ? 0 : random.Next(4))
            .Select(_ => new AddressPairConfiguration
            {
                IPAddress = $"10.0.0.{(random.Next(2) == 0 ? random.Next(1, 9) : random.Next(100, 103))}",
                MacAddress = random.Next(2) == 0 ? Virtual : null,
            })
            .Where(pair => pair.MacAddress is not null || !own.Any(host => string.Equals(pair.IPAddress, $"10.0.0.{host}", StringComparison.Ordinal)))
            .Distinct();
        return new InterfaceConfiguration
        {
            Name = name,
            MacAddress = address,
            IPAddresses = [.. own.Select(host => $"10.0.0.{host}/{24 + random.Next(2)}"), .. own.Where(_ => random.Next(2) == 0).Select(host => $"fd00::{host}/64")],
            InstanceId = instanceId,
            PortSecurity = random.Next(4) > 0,
            DhcpGuard = random.Next(4) > 0,
            RouterGuard = random.Next(4) > 0,
            ArpRateLimit = random.Next(3) == 0 ? random.Next(100) : 15,
            DhcpRateLimit = random.Next(3) == 0 ? random.Next(100) : 15,
            RsRateLimit = random.Next(3) == 0 ? random.Next(100) : 15,
            PermittedEtherTypes = random.Next(4) switch { 0 => ["0x8847", "0x88cc"], 1 => ["Any"], 2 => ["Llc"], _ => [] },
            Profile = profiles.Length > 0 && random.Next(2) == 0 ? profiles[random.Next(profiles.Length)] : null,
            TriggerExempt = random.Next(4) == 0,
            Tags = [.. PartitionDocumentGenerator.Tags(random).OrderBy(_ => random.Next())],
            AddressPairs = [.. pairs],
            SecurityGroups = [.. groups.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next())],
        };
    }
}
