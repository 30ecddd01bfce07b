using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;
using MacSegmentation.Tags;
using MacSegmentation.Units;

namespace MacSegmentation.Partitions;

/// <summary>The rules for partitions and their policies. Every method either throws before its first write or succeeds.</summary>
public static partial class PartitionCatalog
{
    /// <summary>The longest time for which the number of a removed partition is kept back.</summary>
    public static readonly TimeSpan MaxIdReuseDelay = TimeSpan.FromDays(3650);

    /// <summary>Tags and lacking tags that a partition may name together.</summary>
    public const int MaxTags = 64;

    private const int MaxPriority = 65_535;

    /// <summary>Records that are read at once.</summary>
    private const int Page = 256;

    /// <summary>A partition belongs to no VLAN: its records may be of any.</summary>
    private const int NoVlan = 0;

    /// <summary>The partition with its policies.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">InvalidPartitionName, PartitionNotFound.</exception>
    public static MacPartition Get(IPartitionReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindPartition(ValidateName(name)) ?? throw NotFound($"Partition '{name}'", name);
    }

    /// <summary>The removed partition whose number is kept back now, or null.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="id">The number.</param>
    public static RetiredPartition? FindRetired(IPartitionReader store, int id)
    {
        ArgumentNullException.ThrowIfNull(store);
        return ListKeptBack(store).FirstOrDefault(one => one.Id == id);
    }

    /// <summary>Creates a partition without policies.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What it is created from.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidPartitionName, PartitionExists, InvalidPartitionPriority, PartitionWithoutTags, TooManyTags, InvalidPartitionId, PartitionIdTaken, PartitionIdRetired, PartitionIdsExhausted.
    /// </exception>
    public static MacPartition Create(IPartitionWriter store, PartitionRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ValidateName(request.Name);
        if (store.FindPartition(request.Name) is { } existing)
        {
            throw new MacSegmentationException(
                "PartitionExists",
                MacErrorKind.AlreadyExists,
                $"Partition '{existing.Name}' exists already. Change it with Set-MacPartition, or give another name.",
                request.Name);
        }

        var partition = Validate(new MacPartition
        {
            Name = request.Name,
            Priority = request.Priority,
            Match = request.Match,
            Tag = Normalize(request.Tag, request.Name),
            NotTag = Normalize(request.NotTag, request.Name),
            IsStaged = request.IsStaged,
        });
        partition = partition with { Id = TakeId(store, request.Id, request.TakesRetiredId) };
        store.InsertPartition(partition);
        store.AppendAudit(new AuditEntry(AuditAction.CreatePartition, NoVlan, partition.Name, $"number {partition.Id}, {Describe(partition)}"));
        return partition;
    }

    /// <summary>Changes a partition.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The partition.</param>
    /// <param name="change">What to change.</param>
    /// <returns>The partition as it is now.</returns>
    /// <exception cref="MacSegmentationException">InvalidPartitionName, PartitionNotFound, InvalidPartitionPriority, PartitionWithoutTags, TooManyTags.</exception>
    public static MacPartition Change(IPartitionWriter store, string name, PartitionChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = Get(store, name);
        var after = Validate(before with
        {
            Priority = change.Priority ?? before.Priority,
            Match = change.Match ?? before.Match,
            Tag = change.Tag is { } tags ? Normalize(tags, before.Name) : before.Tag,
            NotTag = change.NotTag is { } lacking ? Normalize(lacking, before.Name) : before.NotTag,
            IsStaged = change.IsStaged ?? before.IsStaged,
        });
        if (IsSame(before, after))
        {
            return before;
        }

        store.UpdatePartition(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangePartition, NoVlan, after.Name, Describe(after)));
        return after;
    }

    /// <summary>The partition, if it could be removed.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The partition.</param>
    /// <exception cref="MacSegmentationException">InvalidPartitionName, PartitionNotFound, PartitionInUse.</exception>
    public static MacPartition GetRemovable(IPartitionReader store, string name)
    {
        var partition = Get(store, name);
        string[] naming = [.. store.ListPartitions().Where(other => !AreSame(other.Name, partition.Name) && other.Policy.Any(policy => AreSame(policy.Peer.PartitionName, partition.Name))).Select(other => $"'{other.Name}'")];
        if (naming.Length > 0)
        {
            throw InUse(partition, $"is the peer of policies of {Some(naming)}: without it they would have none. Remove those first with Remove-MacPartitionPolicy.");
        }

        string[] watching = [.. store.ListTriggersOf(partition.Name).Select(trigger => $"'{trigger}'")];
        return watching.Length == 0 ? partition
            : throw InUse(partition, $"is what the security triggers {Some(watching)} watch: without it they would watch nobody. Remove those first with Remove-MacSecurityTrigger, or give them another with Set-MacSecurityTrigger -Partition.");
    }

    /// <summary>Removes a partition with its policies. Its number is kept back for a time: other hosts may still send it.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The partition.</param>
    /// <returns>The partition as it was.</returns>
    /// <exception cref="MacSegmentationException">InvalidPartitionName, PartitionNotFound, PartitionInUse.</exception>
    public static MacPartition Remove(IPartitionWriter store, string name)
    {
        var partition = GetRemovable(store, name);
        Remove(store, partition);
        return partition;
    }

    /// <summary>Removes a partition whatever names it: for a change that settles all partitions and policies in the same transaction.</summary>
    internal static void Remove(IPartitionWriter store, MacPartition partition)
    {
        foreach (var policy in store.ListPartitions().SelectMany(other => other.Policy).Where(policy => AreSame(policy.Peer.PartitionName, partition.Name) && !AreSame(policy.Partition, partition.Name)))
        {
            RemovePolicy(store, policy.PolicyId);
        }

        store.DeletePartition(partition.Name);
        store.AppendAudit(new AuditEntry(AuditAction.RemovePartition, NoVlan, partition.Name, $"number {partition.Id}"));
    }

    /// <summary>Changes what holds for all partitions.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="settings">What holds from now on.</param>
    /// <returns>The same.</returns>
    /// <exception cref="MacSegmentationException">InvalidIdReuseDelay.</exception>
    public static PartitionSettings Change(IPartitionWriter store, PartitionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.IdReuseDelay < TimeSpan.Zero || settings.IdReuseDelay > MaxIdReuseDelay)
        {
            throw new MacSegmentationException(
                "InvalidIdReuseDelay",
                MacErrorKind.InvalidArgument,
                $"Numbers of partitions cannot be kept back for {settings.IdReuseDelay}. Give zero or a time up to {MaxIdReuseDelay.TotalDays:0} days, such as 1d.",
                settings.IdReuseDelay);
        }

        if (settings != store.PartitionSettings)
        {
            store.UpdatePartitionSettings(settings);
            store.AppendAudit(new AuditEntry(
                AuditAction.ChangePartitionSettings, NoVlan, "partitions", $"conflict resolution {settings.ConflictResolution}, numbers kept back for {new Duration(settings.IdReuseDelay)}"));
        }

        return settings;
    }

    /// <summary>True if at least one interface record is in a partition. Costs as much as there are different tags and records with the rarest one, not as there are records.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="partition">The partition.</param>
    public static bool HasMembers(IPartitionReader store, MacPartition partition)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(partition);
        return Candidates(store, partition).Any(record => partition.Selects(record.Tag));
    }

    /// <summary>True if at least one interface record is in both partitions.</summary>
    internal static bool HaveCommonMember(IPartitionReader store, MacPartition one, MacPartition other) =>
        Candidates(store, one).Any(record => one.Selects(record.Tag) && other.Selects(record.Tag));

    private static IEnumerable<MacInterface> Candidates(IPartitionReader store, MacPartition partition)
    {
        if (partition.Tag.Count == 0)
        {
            return store.ListInterfaces();
        }

        var uses = store.ListTags();
        var used = partition.Tag.Select(pattern => uses.Where(use => use.Tag.Contains(pattern)).ToArray());
        var tags = partition.Match == PartitionMatch.Any ? used.SelectMany(some => some) : used.OrderBy(some => some.Sum(use => use.Records)).First();
        return tags.SelectMany(use => Tagged(store, use.Tag));
    }

    private static IEnumerable<MacInterface> Tagged(IPartitionReader store, MacTag tag)
    {
        long last = 0;
        for (IReadOnlyList<MacInterface> page = store.ListTagged(tag, last, Page); page.Count > 0; page = store.ListTagged(tag, last, Page))
        {
            foreach (var record in page)
            {
                yield return record;
            }

            last = page[^1].InterfaceId;
        }
    }

    internal static bool IsSame(MacPartition before, MacPartition after) =>
        after with { Tag = before.Tag, NotTag = before.NotTag, Policy = before.Policy } == before && after.Tag.SequenceEqual(before.Tag) && after.NotTag.SequenceEqual(before.NotTag);

    internal static IReadOnlyList<MacTag> Normalize(IEnumerable<MacTag> tags, string name) => MacTags.Normalize(tags, $"Partition '{name}'");

    internal static bool AreSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string ValidateName(string? name)
    {
        RecordName.Validate(name, "InvalidPartitionName", "A partition");
        return name!.StartsWith(PartitionPeer.VlanPrefix, StringComparison.OrdinalIgnoreCase)
            ? throw new MacSegmentationException(
                "InvalidPartitionName", MacErrorKind.InvalidArgument, $"'{name}' names a VLAN where a policy has a peer. Give a partition a name that does not begin with {PartitionPeer.VlanPrefix}", name)
            : name;
    }

    private static MacPartition Validate(MacPartition partition)
    {
        if (partition.Priority is < 0 or > MaxPriority)
        {
            throw new MacSegmentationException(
                "InvalidPartitionPriority",
                MacErrorKind.InvalidArgument,
                $"{partition.Priority} is no priority. Give a number from 0 to {MaxPriority}; the greater one counts more.",
                partition.Priority);
        }

        if (partition.Tag.Count + partition.NotTag.Count > MaxTags)
        {
            throw new MacSegmentationException(
                "TooManyTags",
                MacErrorKind.InvalidArgument,
                $"Partition '{partition.Name}' would name {partition.Tag.Count + partition.NotTag.Count} tags, and the most are {MaxTags}. Name fewer, or give the records one tag for what they have in common.",
                partition.Tag.Count + partition.NotTag.Count);
        }

        return partition.Tag.Count + partition.NotTag.Count > 0 ? partition : throw new MacSegmentationException(
            "PartitionWithoutTags",
            MacErrorKind.InvalidArgument,
            $"Partition '{partition.Name}' names no tag, and would have all records in it. Say which ones with -Tag, or those without a tag with -NotTag; for all records, write policies of a VLAN.",
            partition.Name);
    }

    /// <summary>The numbers that are kept back now, each with the last partition that had it; a partition that took one all the same has it.</summary>
    /// <param name="store">The transaction.</param>
    internal static IEnumerable<RetiredPartition> ListKeptBack(IPartitionReader store)
    {
        var oldest = store.Now - store.PartitionSettings.IdReuseDelay;
        return store.ListRetiredPartitions().Where(one => one.RemovedAt > oldest);
    }

    private static int TakeId(IPartitionReader store, int? wanted, bool takesRetired)
    {
        var used = store.ListPartitions().ToDictionary(partition => partition.Id, partition => partition.Name);
        var retired = ListKeptBack(store).ToDictionary(one => one.Id);
        if (wanted is { } id)
        {
            return id is < 1 or > MacPartition.MaxId
                ? throw new MacSegmentationException("InvalidPartitionId", MacErrorKind.InvalidArgument, $"{id} is no number of a partition. Give one from 1 to {MacPartition.MaxId}, or none.", id)
                : used.TryGetValue(id, out string? owner)
                    ? throw new MacSegmentationException("PartitionIdTaken", MacErrorKind.AlreadyExists, $"Number {id} is that of partition '{owner}'. Give another one, or none.", id)
                    : !takesRetired && retired.TryGetValue(id, out var former)
                        ? throw new MacSegmentationException(
                            "PartitionIdRetired",
                            MacErrorKind.InUse,
                            $"Number {id} was that of partition '{former.Name}' until {former.RemovedAt:u}, and other hosts may still send it. Give another one, wait until {former.RemovedAt + store.PartitionSettings.IdReuseDelay:u}, or take it all the same with -Force.",
                            id)
                        : id;
        }

        int free = Enumerable.Range(1, MacPartition.MaxId).FirstOrDefault(number => !used.ContainsKey(number) && !retired.ContainsKey(number));
        return free > 0 ? free : throw new MacSegmentationException(
            "PartitionIdsExhausted",
            MacErrorKind.Exhausted,
            $"All {MacPartition.MaxId} numbers of partitions are used ({used.Count}) or kept back ({retired.Count}). Remove partitions, or have numbers kept back for a shorter time with Set-MacStore -PartitionIdReuseDelay.",
            MacPartition.MaxId);
    }

    private static string Describe(MacPartition partition)
    {
        string tags = partition.Tag.Count == 0 ? string.Empty : $"with {string.Join(partition.Match == PartitionMatch.All ? " and " : " or ", partition.Tag)}";
        string lacking = partition.NotTag.Count == 0 ? string.Empty : $"without {string.Join(" and ", partition.NotTag)}";
        return string.Join(", ", new[] { $"priority {partition.Priority}", tags, lacking, partition.IsStaged ? "staged" : string.Empty }.Where(part => part.Length > 0));
    }

    private static MacSegmentationException NotFound(string what, string name) => new(
        "PartitionNotFound",
        MacErrorKind.NotFound,
        $"{what} does not exist. Create it with New-MacPartition, or list the partitions with Get-MacPartition.",
        name);

    private static string Some(string[] names) => $"{string.Join(", ", names.Take(5))}{(names.Length > 5 ? $" and {names.Length - 5} more" : string.Empty)}";

    private static MacSegmentationException InUse(MacPartition partition, string how) =>
        new("PartitionInUse", MacErrorKind.InUse, $"Partition '{partition.Name}' {how}", partition.Name);
}
