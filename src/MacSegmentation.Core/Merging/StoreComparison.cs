using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Naming;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Merging;

/// <summary>Says, before two enterprises or sites are joined, in what their stores collide. Changes nothing.</summary>
/// <remarks>
/// Everything is read sorted and walked at once, so that two stores of a million handles take as many steps as they have records, and not as many as they have
/// pairs.
/// </remarks>
public static partial class StoreComparison
{
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    /// <summary>Compares two stores.</summary>
    /// <param name="here">The first.</param>
    /// <param name="there">The second.</param>
    /// <returns>What collides: by kind, and within a kind by address or name.</returns>
    public static IReadOnlyList<MacStoreCollision> Compare(IStoreReader here, IStoreReader there)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(there);
        var hereVlans = here.ListVlans();
        var thereVlans = there.ListVlans();
        var hereAllocations = here.ListAllocations();
        var thereAllocations = there.ListAllocations();
        var hereRanges = SortRanges(hereVlans);
        var thereRanges = SortRanges(thereVlans);
        return
        [
            .. CompareAllocations(hereAllocations, thereAllocations).Concat(CompareOutOfPool(hereAllocations, hereRanges, thereAllocations, thereRanges)).OrderBy(collision => collision.Subject, StringComparer.Ordinal),
            .. CompareHandles(here.ListHandles(), there.ListHandles()).OrderBy(collision => collision.Kind),
            .. CompareRanges(hereRanges, thereRanges),
            .. CompareInterfaceAddresses(
                new InterfaceSide(here.ListInterfaces(), hereAllocations, hereRanges),
                new InterfaceSide(there.ListInterfaces(), thereAllocations, thereRanges)),
            .. SortedMerge.Match(hereVlans, thereVlans, (a, b) => a.VlanId.CompareTo(b.VlanId)).SelectMany(pair => CompareVlans(pair.Here, pair.There)),
            .. ComparePolicies(here, there, hereVlans, thereVlans),
            .. here.ListNames().Zip(there.ListNames()).SelectMany(pair => CompareNames(Enum.Parse<StoreCollisionKind>(pair.First.Kind), pair.First.Records, pair.Second.Records)),
        ];
    }

    private static IEnumerable<MacStoreCollision> CompareAllocations(IReadOnlyList<MacAllocation> here, IReadOnlyList<MacAllocation> there) =>
        from pair in SortedMerge.Match(here, there, (a, b) => a.MacAddress.CompareTo(b.MacAddress))
        where pair.Here.VlanId != pair.There.VlanId || !HaveSameOwner(pair.Here, pair.There)
        select new MacStoreCollision
        {
            Kind = StoreCollisionKind.Address,
            VlanId = pair.Here.VlanId,
            Subject = $"{pair.Here.MacAddress}",
            Here = Describe(pair.Here),
            There = Describe(pair.There),
        };

    /// <summary>What one store gave out past its own pools, and the other has to give out in one of its.</summary>
    private static IEnumerable<MacStoreCollision> CompareOutOfPool(
        IReadOnlyList<MacAllocation> here, IReadOnlyList<VlanRange> hereRanges, IReadOnlyList<MacAllocation> there, IReadOnlyList<VlanRange> thereRanges)
    {
        var first = MeetPools(here, hereRanges, there, thereRanges).Select(met => Collide(met.OutOfPool.VlanId, met.OutOfPool.MacAddress, Describe(met.OutOfPool), Describe(met.Pool)));
        var second = MeetPools(there, thereRanges, here, hereRanges).Select(met => Collide(met.Pool.VlanId, met.OutOfPool.MacAddress, Describe(met.Pool), Describe(met.OutOfPool)));
        return first.Concat(second);

        static MacStoreCollision Collide(int vlanId, MacAddress address, string here, string there) =>
            new() { Kind = StoreCollisionKind.Address, VlanId = vlanId, Subject = $"{address}", Here = here, There = there };
    }

    /// <summary>A handle owns an address by its text; where there is none, the instance does.</summary>
    private static bool HaveSameOwner(MacAllocation here, MacAllocation there) =>
        string.Equals(here.Handle, there.Handle, StringComparison.Ordinal) && (here.Handle.Length > 0 || Names.Equals(here.InstanceId, there.InstanceId));

    private static IEnumerable<MacStoreCollision> CompareHandles(IReadOnlyList<MacHandle> here, IReadOnlyList<MacHandle> there) =>
        from pair in SortedMerge.Match(SortHandles(here), SortHandles(there), CompareKeys)
        let isSame = pair.Here.MacAddress == pair.There.MacAddress && pair.Here.VlanId == pair.There.VlanId
        select new MacStoreCollision
        {
            Kind = isSame ? StoreCollisionKind.SharedHandle : StoreCollisionKind.HandleAddress,
            VlanId = pair.Here.VlanId,
            Subject = pair.Here.IsCopy ? $"{pair.Here.Handle} of '{pair.Here.InstanceId}'" : pair.Here.Handle,
            Here = Describe(pair.Here),
            There = Describe(pair.There),
        };

    /// <summary>Each store sorts texts as its database does; here they must be sorted alike.</summary>
    private static MacHandle[] SortHandles(IReadOnlyList<MacHandle> handles)
    {
        MacHandle[] sorted = [.. handles];
        Array.Sort(sorted, CompareKeys);
        return sorted;
    }

    private static int CompareKeys(MacHandle here, MacHandle there)
    {
        int order = string.CompareOrdinal(here.Handle, there.Handle);
        order = order != 0 ? order : Names.Compare(here.IsCopy ? here.InstanceId : string.Empty, there.IsCopy ? there.InstanceId : string.Empty);
        return order != 0 ? order : Names.Compare(here.Client, there.Client);
    }

    private static VlanRange[] SortRanges(IReadOnlyList<MacVlan> vlans) =>
        [.. vlans.SelectMany(vlan => vlan.Ranges.Select(range => new VlanRange(vlan.VlanId, range))).OrderBy(pool => pool.Range.First)];

    private static IEnumerable<MacStoreCollision> CompareRanges(VlanRange[] here, VlanRange[] there)
    {
        int i = 0;
        int j = 0;
        while (i < here.Length && j < there.Length)
        {
            var (mine, other) = (here[i], there[j]);
            if (mine.Range.Overlaps(other.Range))
            {
                var first = mine.Range.First > other.Range.First ? mine.Range.First : other.Range.First;
                var last = mine.Range.Last < other.Range.Last ? mine.Range.Last : other.Range.Last;
                yield return new MacStoreCollision
                {
                    Kind = StoreCollisionKind.PoolRange,
                    VlanId = mine.VlanId,
                    Subject = $"{new MacRange(first, last)}",
                    Here = $"VLAN {mine.VlanId}",
                    There = $"VLAN {other.VlanId}",
                };
            }

            // The ranges of one store share no address: the one that ends first meets nothing more.
            if (mine.Range.Last <= other.Range.Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }

    private static IEnumerable<MacStoreCollision> CompareVlans(MacVlan here, MacVlan there)
    {
        var mine = Describe(here).Zip(Describe(there)).Where(pair => !string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).ToList();
        if (mine.Count > 0)
        {
            yield return new MacStoreCollision
            {
                Kind = StoreCollisionKind.Vlan,
                VlanId = here.VlanId,
                Subject = $"VLAN {here.VlanId}",
                Here = string.Join(", ", mine.Select(pair => pair.First)),
                There = string.Join(", ", mine.Select(pair => pair.Second)),
            };
        }
    }

    private static IEnumerable<MacStoreCollision> ComparePolicies(IStoreReader here, IStoreReader there, IReadOnlyList<MacVlan> hereVlans, IReadOnlyList<MacVlan> thereVlans)
    {
        var mine = here.ListPolicies().ToLookup(policy => policy.VlanId);
        var others = there.ListPolicies().ToLookup(policy => policy.VlanId);
        return from pair in SortedMerge.Match(hereVlans, thereVlans, (a, b) => a.VlanId.CompareTo(b.VlanId))
               let vlanId = pair.Here.VlanId
               where !mine[vlanId].Select(Meaning).SequenceEqual(others[vlanId].Select(Meaning))
               select new MacStoreCollision
               {
                   Kind = StoreCollisionKind.Policies,
                   VlanId = vlanId,
                   Subject = $"VLAN {vlanId}",
                   Here = Describe([.. mine[vlanId]], [.. others[vlanId]]),
                   There = Describe([.. others[vlanId]], [.. mine[vlanId]]),
               };
    }

    private static IEnumerable<MacStoreCollision> CompareNames(StoreCollisionKind kind, IReadOnlyList<NamedRecord> here, IReadOnlyList<NamedRecord> there) =>
        from pair in SortedMerge.Match(Sort(here), Sort(there), (a, b) => Names.Compare(a.Name, b.Name))
        select new MacStoreCollision { Kind = kind, VlanId = pair.Here.VlanId, Subject = pair.Here.Name, Here = pair.Here.Description, There = pair.There.Description };

    private static NamedRecord[] Sort(IReadOnlyList<NamedRecord> records) => [.. records.OrderBy(record => record.Name, Names)];
}
