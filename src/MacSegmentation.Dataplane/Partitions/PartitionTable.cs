using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MacSegmentation.Forwarding;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Partitions;

/// <summary>
/// The compiled partitions: which class each record's addresses are of, and what holds between two classes. Records with the same set of partitions are one class; class 0 is in
/// none. What holds between two classes is found at their first frame and kept.
/// </summary>
internal sealed class PartitionTable
{
    /// <summary>Pairs of classes that are kept; beyond them all are forgotten, and found again as they are met.</summary>
    private const int MaxRelations = 65_536;

    private const int RecentBits = 10;
    private const int RecentPlaces = 1 << RecentBits;

    private const int VlanBits = 12;
    private const int ClassBits = 26;

    private readonly ImmutableArray<MacPartition> partitions;
    private readonly PartitionSettings settings;
    private readonly PartitionIndex index;
    private readonly HashSet<int> closedVlans;
    private readonly IReadOnlyDictionary<string, int> portOf;
    private readonly Dictionary<long, PolicyTally> tallies;

    /// <summary>The partitions of each class, by its number; shared with the tables that follow as long as the partitions are the same.</summary>
    private readonly List<int[]> classes;
    private readonly Dictionary<string, int> numberOf;
    private readonly Dictionary<ulong, int> classOf;

    /// <summary>The number that each class is known by in packets.</summary>
    private readonly List<ushort> idOf;

    /// <summary>The class of what is known in packets by a number; empty where no port's carrier has numbers.</summary>
    private readonly Dictionary<ushort, int> classOfId = [];
    private readonly Dictionary<ulong, ClassRelation> relations = [];

    /// <summary>The relations that were asked for last, each in the one place that it may have: nearly every frame finds its own here.</summary>
    private readonly ClassRelation?[] recent = new ClassRelation?[RecentPlaces];

    private PartitionTable(
        ImmutableArray<MacPartition> partitions,
        PartitionSettings settings,
        PartitionIndex index,
        IReadOnlyDictionary<string, int> portOf,
        Dictionary<long, PolicyTally> tallies,
        List<int[]> classes,
        Dictionary<string, int> numberOf,
        Dictionary<ulong, int> classOf,
        HashSet<int> closedVlans,
        bool readsIds)
    {
        this.partitions = partitions;
        this.settings = settings;
        this.index = index;
        this.portOf = portOf;
        this.tallies = tallies;
        this.classes = classes;
        this.numberOf = numberOf;
        this.classOf = classOf;
        this.closedVlans = closedVlans;
        idOf = [.. classes.Select(IdOf)];
        for (int place = 0; readsIds && place < partitions.Length; place++)
        {
            classOfId[(ushort)partitions[place].Id] = NumberOf([place]);
        }
    }

    /// <summary>The table without partitions.</summary>
    public static PartitionTable Empty { get; } =
        new([], new PartitionSettings(), new PartitionIndex([], ConflictResolution.HighestPriority), ImmutableDictionary<string, int>.Empty, [], [[]], [], [], [], readsIds: false);

    /// <summary>False if there are no partitions.</summary>
    public bool IsActive => partitions.Length > 0;

    /// <summary>Number of classes, the one in no partition included.</summary>
    public int ClassCount => classes.Count;

    /// <summary>Compiles the partitions of a configuration. What it costs follows what has changed, where the partitions have not.</summary>
    /// <param name="next">The configuration.</param>
    /// <param name="active">The table before.</param>
    /// <param name="portOf">Indexes of the ports by the names that policies may send to.</param>
    /// <param name="readsIds">True if a port's carrier says by a number which partition a frame comes from.</param>
    public static PartitionTable Prepare(EnforcerTables next, PartitionTable active, IReadOnlyDictionary<string, int> portOf, bool readsIds = false)
    {
        var partitions = next.Snapshot.Of<MacPartition>();
        var settings = next.Snapshot.Of<PartitionSettings>() is [var given, ..] ? given : new PartitionSettings();
        if (partitions.IsEmpty)
        {
            return Empty;
        }

        var closed = next.Snapshot.Vlans.Where(vlan => vlan.DefaultAction != PolicyAction.Allow).Select(vlan => vlan.VlanId).ToHashSet();
        if (partitions != active.partitions || !closed.SetEquals(active.closedVlans) || settings != active.settings || next.Changes is not { } changes)
        {
            var tallies = partitions
                .SelectMany(partition => partition.Policy)
                .ToDictionary(policy => policy.PolicyId, policy => active.tallies.GetValueOrDefault(policy.PolicyId) ?? new PolicyTally());
            var made = new PartitionTable(partitions, settings, new PartitionIndex(partitions, settings.ConflictResolution), portOf, tallies, [[]], [], [], closed, readsIds);
            foreach (var record in next.Snapshot.Interfaces)
            {
                made.Add(record);
            }

            return made;
        }

        RecordChange[] ofTags = [.. changes.Where(HasOtherTags)];
        if (ofTags.Length == 0)
        {
            return active;
        }

        // The classes go on, and grow only: the thread of the frames reads those that it knows.
        var changed = new PartitionTable(
            partitions,
            settings,
            active.index,
            portOf,
            active.tallies,
            [.. active.classes],
            new Dictionary<string, int>(active.numberOf, StringComparer.Ordinal),
            new Dictionary<ulong, int>(active.classOf),
            closed,
            readsIds);
        foreach (var record in ofTags.Select(change => change.Before).OfType<MacInterface>())
        {
            changed.Remove(record);
        }

        foreach (var record in ofTags.Select(change => change.After).OfType<MacInterface>())
        {
            changed.Add(record);
        }

        return changed;
    }

    /// <summary>The class of a record; 0 for none.</summary>
    public int ClassOf(MacInterface? record) => record is null ? 0 : ClassOf(record.VlanId, record.MacAddress.Value);

    /// <summary>The class of an address; 0 if no record of a partition has it.</summary>
    public int ClassOf(int vlanId, ulong address) => classOf.GetValueOrDefault(AddressKey.Of(vlanId, address));

    /// <summary>The class of what is known in packets by a number; 0 if no partition has it.</summary>
    public int ClassOf(ushort id) => classOfId.GetValueOrDefault(id);

    /// <summary>The number that a class is known by in packets: that of its partition with the greatest priority, of several the first by name. Staged ones come last; 0 for the class in none.</summary>
    public ushort IdOf(int number) => idOf[number];

    /// <summary>What holds for frames from one class to another.</summary>
    public ClassRelation RelationOf(int from, int to, int vlanId)
    {
        ulong key = ((ulong)(uint)from << (ClassBits + VlanBits)) | ((ulong)(uint)to << VlanBits) | (uint)vlanId;
        ref var place = ref recent[AddressKey.Hash(key, 64 - RecentBits)];
        return place is { } known && known.Key == key ? known : place = Find(key, from, to, vlanId);
    }

    /// <summary>Names of a class's partitions.</summary>
    public IEnumerable<string> NamesOf(int number) => classes[number].Select(place => partitions[place].Name);

    /// <summary>Frames by policy, in the sequence of partitions and their policies; from any thread.</summary>
    public IEnumerable<PartitionHits> ReadHits() => partitions.SelectMany(partition => partition.Policy.Select(policy =>
        new PartitionHits(policy, partition.IsStaged || policy.IsStaged, Volatile.Read(ref tallies[policy.PolicyId].Frames))));

    private ClassRelation Find(ulong key, int from, int to, int vlanId)
    {
        if (relations.TryGetValue(key, out var known))
        {
            return known;
        }

        if (relations.Count == MaxRelations)
        {
            relations.Clear();
        }

        var found = new ClassRelation(key, Compile(from, to, vlanId), Compile(to, from, vlanId));
        relations.Add(key, found);
        return found;
    }

    private ClassPair Compile(int from, int to, int vlanId) =>
        new([.. index.Merge(classes[from], classes[to], vlanId).Select(ranked =>
            new CompiledPolicy(ranked, ranked.Policy.To is { } name ? portOf.GetValueOrDefault(name, -1) : -1, tallies[ranked.Policy.PolicyId]))], !closedVlans.Contains(vlanId));

    private void Add(MacInterface record)
    {
        var places = index.Find(record.Tag);
        if (places.Count == 0)
        {
            return;
        }

        int number = NumberOf([.. places]);
        foreach (ulong key in KeysOf(record))
        {
            classOf[key] = number;
        }
    }

    /// <summary>The class of a set of partitions.</summary>
    private int NumberOf(int[] places)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numberOf, string.Join(',', places), out bool isKnown);
        if (!isKnown)
        {
            number = classes.Count;
            classes.Add(places);
            idOf.Add(IdOf(places));
        }

        return number;
    }

    private ushort IdOf(int[] places) => places.Length == 0 ? (ushort)0 : (ushort)places
        .Select(place => partitions[place])
        .OrderBy(partition => partition.IsStaged)
        .ThenByDescending(partition => partition.Priority)
        .ThenBy(partition => partition.Name, StringComparer.Ordinal)
        .First().Id;

    private void Remove(MacInterface record)
    {
        foreach (ulong key in KeysOf(record))
        {
            classOf.Remove(key);
        }
    }

    /// <summary>A record's own address: one of its pairs may be others' too, and has no class but by its port.</summary>
    private static IEnumerable<ulong> KeysOf(MacInterface record) => [AddressKey.Of(record.VlanId, record.MacAddress.Value)];

    private static bool HasOtherTags(RecordChange change) => change.ChangesAddresses || !change.Before!.Tag.SequenceEqual(change.After!.Tag);
}
