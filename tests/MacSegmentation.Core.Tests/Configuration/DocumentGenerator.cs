using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Configuration;

/// <summary>Legal documents over so few VLANs and addresses that two of them dispute every range, address and order.</summary>
internal static class DocumentGenerator
{
    private const ulong Base = 0x0200_0000_0000;
    private const int Blocks = 12;
    private const int BlockSize = 4;
    private static readonly int[] VlanIds = [10, 20, 30];

    /// <summary>Documents in which every address and every order is named.</summary>
    public static Gen<MacConfiguration> Explicit { get; } = Gen.Choose(0, int.MaxValue - 1).Select(seed => Make(new Random(seed), choices: false));

    /// <summary>Documents that leave some addresses and orders open.</summary>
    public static Gen<MacConfiguration> Any { get; } = Gen.Choose(0, int.MaxValue - 1).Select(seed => Make(new Random(seed), choices: true));

    private static MacConfiguration Make(Random random, bool choices)
    {
        int[] owners = [.. Enumerable.Range(0, Blocks).Select(_ => random.Next(VlanIds.Length + 1))];
        int[] order = [0, 1, 2];
        random.Shuffle(order);
        var groups = GroupGenerator.Make(random);
        MacProfile[] profiles =
            [.. new[] { "dsl", "\u00fcber" }.Where(_ => random.Next(3) > 0).Select(name => ProfileGenerator.Make(random, random.Next(4) == 0 ? name.ToUpperInvariant() : name) with { AddressRange = null })];
        var interfaces = new InterfaceGenerator(random, [.. groups.Select(group => group.Name)], [.. profiles.Select(profile => profile.Name)], choices);
        int[] nobodys = [.. Enumerable.Range(0, Blocks).Where(block => owners[block] == VlanIds.Length)];
        int[] vlans = [.. order.Where(_ => random.Next(4) > 0)];
        VlanConfiguration[] made =
            [.. vlans.Select(vlan => MakeVlan(random, vlan, [.. Enumerable.Range(0, Blocks).Where(block => owners[block] == vlan)], nobodys, interfaces, choices))];
        var partitions = PartitionDocumentGenerator.Make(random, [.. vlans.Select(vlan => VlanIds[vlan])], choices);
        var document = new MacConfiguration
        {
            Vlans = made,
            SecurityGroups = groups,
            Partitions = partitions,
            PartitionSettings = new() { ConflictResolution = (ConflictResolution)random.Next(2), IdReuseDelay = TimeSpan.FromHours(24 + random.Next(2)) },
            Profiles = profiles,
            SecurityTriggers = TriggerDocumentGenerator.Make(random, partitions, made),
        };
        var sessions = new SessionDocumentGenerator(random, profiles, made);
        var network = sessions.Sessions();
        return document with { Sessions = network, ProfileRules = sessions.Rules(network), Instances = sessions.Instances(network) };
    }

    private static VlanConfiguration MakeVlan(Random random, int vlan, int[] blocks, int[] nobodys, InterfaceGenerator interfaces, bool choices)
    {
        var own = AddressesIn(blocks).ToArray();
        var addresses = own.Where(_ => random.Next(3) > 0).ToArray();
        random.Shuffle(addresses);
        random.Shuffle(blocks);
        AllocationConfiguration[] allocations = [.. addresses.Select(address => new AllocationConfiguration
        {
            InstanceId = (random.Next(2) == 0 ? "vm-" : "VM-") + random.Next(4),
            MacAddress = choices && random.Next(2) == 0 ? null : Address(address),
        })];
        return new VlanConfiguration
        {
            Id = VlanIds[vlan],
            Name = random.Next(2) == 0 ? string.Empty : $"näme \"{random.Next(3)}\"",
            Ranges = [.. blocks.Select(block => new MacRange(Address(block * BlockSize), Address((block * BlockSize) + BlockSize - 1)))],
            DefaultAction = AnyOf<PolicyAction>(random),
            ReuseDelay = choices ? TimeSpan.Zero : TimeSpan.FromSeconds(random.Next(3) * 50_000),
            ArpResponder = random.Next(2) == 0,
            Allocations = allocations,
            Policies = MakePolicies(random, choices),
            Interfaces = interfaces.Take(allocations, [.. own.Except(addresses).Select(Address)], [.. AddressesIn(nobodys).Select(Address)]),
        };
    }

    private static IEnumerable<int> AddressesIn(int[] blocks) => blocks.SelectMany(block => Enumerable.Range(block * BlockSize, BlockSize));

    private static PolicyConfiguration[] MakePolicies(Random random, bool choices)
    {
        MacPattern[] patterns = [MacPattern.Any, MacPattern.Exactly(Address(1)), new(Address(0), 44), MacPattern.Unicast, new(Address(3), new MacAddress(0xFF00_0000_000F))];
        MacPattern[] groups = [.. patterns, MacPattern.Multicast, new(MacAddress.Broadcast, 8)];
        var policies = Enumerable.Range(0, random.Next(6))
            .Select(_ => new PolicyConfiguration
            {
                Order = random.Next(1, 9),
                Source = patterns[random.Next(patterns.Length)],
                Destination = groups[random.Next(groups.Length)],
                Action = AnyOf<PolicyAction>(random),
            })
            .DistinctBy(policy => policy.Order)
            .DistinctBy(policy => (policy.Source, policy.Destination, policy.Action));

        // Without orders they stand at 10, 20, ...
        return [.. choices ? policies.Select(policy => policy with { Order = null }) : policies];
    }

    private static MacAddress Address(int number) => new(Base + (uint)number);

    private static T AnyOf<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
