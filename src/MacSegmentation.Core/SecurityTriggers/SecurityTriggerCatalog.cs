using MacSegmentation.Auditing;
using MacSegmentation.Conditions;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;
using MacSegmentation.Partitions;
using MacSegmentation.Tags;
using MacSegmentation.Units;

namespace MacSegmentation.SecurityTriggers;

/// <summary>The rules for security triggers. Every method either throws before its first write or succeeds.</summary>
public static partial class SecurityTriggerCatalog
{
    /// <summary>Triggers that a store may have: enforcers look at each of them several times a second.</summary>
    public const int MaxCount = 256;

    /// <summary>The longest time for which a trigger fires.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromDays(3650);

    private static readonly TimeSpan MinTime = TimeSpan.FromSeconds(1);

    /// <summary>A trigger belongs to no VLAN.</summary>
    private const int NoVlan = 0;

    /// <summary>The trigger.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">InvalidSecurityTriggerName, SecurityTriggerNotFound.</exception>
    public static MacSecurityTrigger Get(ISecurityTriggerReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindSecurityTrigger(ValidateName(name)) ?? throw new MacSegmentationException(
            "SecurityTriggerNotFound",
            MacErrorKind.NotFound,
            $"Security trigger '{name}' does not exist. Add it with Add-MacSecurityTrigger, or list the triggers with Get-MacSecurityTrigger.",
            name);
    }

    /// <summary>Adds a trigger.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What it is made of.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidSecurityTriggerName, SecurityTriggerExists, TooManySecurityTriggers, InvalidCondition, ConditionAlwaysMet, SecurityTriggerWithoutTags, TooManyTags, InvalidSecurityTriggerTags,
    /// InvalidSecurityTriggerTime, InvalidSecurityTriggerScope, InterfaceNotFound, PartitionNotFound, InterfaceTriggerExempt.
    /// </exception>
    public static MacSecurityTrigger Add(ISecurityTriggerWriter store, SecurityTriggerRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ValidateName(request.Name);
        if (store.FindSecurityTrigger(request.Name) is { } existing)
        {
            throw new MacSegmentationException(
                "SecurityTriggerExists",
                MacErrorKind.AlreadyExists,
                $"Security trigger '{existing.Name}' exists already. Change it with Set-MacSecurityTrigger, or give another name.",
                request.Name);
        }

        var trigger = Validate(new MacSecurityTrigger
        {
            Name = request.Name,
            When = request.When,
            AddTag = Normalize(request.AddTag, request.Name),
            RemoveTag = Normalize(request.RemoveTag, request.Name),
            For = request.For == TimeSpan.Zero ? null : request.For,
            Partition = NullIfEmpty(request.Partition),
            Interface = NullIfEmpty(request.Interface),
            IsDryRun = request.IsDryRun,
            IsDisabled = request.IsDisabled,
        });
        trigger = WithScope(store, trigger);
        if (store.ListSecurityTriggers().Count >= MaxCount)
        {
            throw new MacSegmentationException(
                "TooManySecurityTriggers", MacErrorKind.Exhausted, $"There are {MaxCount} security triggers already, and no more are evaluated. Remove some, or say several conditions in one with 'or'.", request.Name);
        }

        store.InsertSecurityTrigger(trigger);
        store.AppendAudit(new AuditEntry(AuditAction.AddSecurityTrigger, NoVlan, trigger.Name, Describe(trigger)));
        return trigger;
    }

    /// <summary>Changes a trigger. What it has done already stays for its time.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The trigger.</param>
    /// <param name="change">What to change.</param>
    /// <returns>The trigger as it is now.</returns>
    /// <exception cref="MacSegmentationException">SecurityTriggerNotFound, and as <see cref="Add"/>.</exception>
    public static MacSecurityTrigger Change(ISecurityTriggerWriter store, string name, SecurityTriggerChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = Get(store, name);
        var after = Validate(before with
        {
            When = change.When ?? before.When,
            AddTag = change.AddTag is { } added ? Normalize(added, before.Name) : before.AddTag,
            RemoveTag = change.RemoveTag is { } removed ? Normalize(removed, before.Name) : before.RemoveTag,
            For = change.For is { } time ? time == TimeSpan.Zero ? null : time : before.For,
            Partition = change.Partition is { } partition ? NullIfEmpty(partition) : before.Partition,
            Interface = change.Interface is { } record ? NullIfEmpty(record) : before.Interface,
            IsDryRun = change.IsDryRun ?? before.IsDryRun,
            IsDisabled = change.IsDisabled ?? before.IsDisabled,
        });
        if (!AreSame(after.Partition, before.Partition) || !AreSame(after.Interface, before.Interface))
        {
            after = WithScope(store, after);
        }

        if (IsSame(before, after))
        {
            return before;
        }

        store.UpdateSecurityTrigger(after);
        store.AppendAudit(new AuditEntry(AuditAction.ChangeSecurityTrigger, NoVlan, after.Name, Describe(after)));
        return after;
    }

    /// <summary>Removes a trigger, and takes back what it has done.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The trigger.</param>
    /// <param name="keepsTags">True to leave the interface records as they are: their tags stay until somebody changes them.</param>
    /// <returns>The trigger as it was.</returns>
    /// <exception cref="MacSegmentationException">InvalidSecurityTriggerName, SecurityTriggerNotFound.</exception>
    public static MacSecurityTrigger Remove(ISecurityTriggerWriter store, string name, bool keepsTags = false)
    {
        var trigger = Get(store, name);
        if (!keepsTags)
        {
            foreach (var hold in store.ListTriggerHolds().Where(hold => AreSame(hold.Trigger, trigger.Name)))
            {
                End(store, hold, "the trigger was removed");
            }
        }

        store.DeleteSecurityTrigger(trigger.Name);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveSecurityTrigger, NoVlan, trigger.Name, trigger.InForce == 0 ? string.Empty : $"in force at {trigger.InForce} interfaces, {(keepsTags ? "whose tags stay" : "lifted")}"));
        return trigger;
    }

    /// <summary>The condition of a trigger.</summary>
    /// <param name="when">Its text.</param>
    /// <exception cref="MacSegmentationException">InvalidCondition.</exception>
    public static MacCondition Parse(string when) => MacCondition.Parse(when, TriggerMetrics.All);

    /// <summary>True if a trigger watches an interface record, and may tag it.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="record">The record.</param>
    /// <param name="findPartition">Finds a partition by its name.</param>
    public static bool Watches(MacSecurityTrigger trigger, MacInterface record, Func<string, MacPartition?> findPartition)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(findPartition);
        return !trigger.IsDisabled && !record.TriggerExempt
            && (trigger.Interface is null || AreSame(trigger.Interface, record.Name))
            && (trigger.Partition is null || findPartition(trigger.Partition)?.Selects(record.Tag) == true);
    }

    private static bool IsSame(MacSecurityTrigger before, MacSecurityTrigger after) =>
        after with { AddTag = before.AddTag, RemoveTag = before.RemoveTag } == before && after.AddTag.SequenceEqual(before.AddTag) && after.RemoveTag.SequenceEqual(before.RemoveTag);

    private static IReadOnlyList<MacTag> Normalize(IEnumerable<MacTag> tags, string name) => MacTags.Normalize(tags, $"Security trigger '{name}'");

    private static bool AreSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string ValidateName(string? name) => RecordName.Validate(name, "InvalidSecurityTriggerName", "A security trigger");

    private static MacSecurityTrigger Validate(MacSecurityTrigger trigger)
    {
        var condition = Parse(trigger.When);
        if (condition.IsMet(Silence.Instance))
        {
            throw new MacSegmentationException(
                "ConditionAlwaysMet",
                MacErrorKind.InvalidArgument,
                $"'{condition}' holds for an interface that sends nothing, so the trigger would fire at every one. Ask for more than something, such as Denials > 50 within 10s.",
                trigger.When);
        }

        if (trigger.AddTag.Count + trigger.RemoveTag.Count == 0)
        {
            throw new MacSegmentationException(
                "SecurityTriggerWithoutTags", MacErrorKind.InvalidArgument, $"Security trigger '{trigger.Name}' neither adds nor removes a tag, and would do nothing. Say which with -AddTag or -RemoveTag.", trigger.Name);
        }

        if (trigger.AddTag.Intersect(trigger.RemoveTag).ToArray() is [var both, ..])
        {
            throw new MacSegmentationException(
                "InvalidSecurityTriggerTags", MacErrorKind.InvalidArgument, $"Security trigger '{trigger.Name}' would both add and remove the tag {both}. Name it with one of -AddTag and -RemoveTag.", both);
        }

        if (trigger.For is { } time && (time < MinTime || time > MaxTime))
        {
            throw new MacSegmentationException(
                "InvalidSecurityTriggerTime",
                MacErrorKind.InvalidArgument,
                $"A security trigger cannot be in force for {time}. Give a time from {new Duration(MinTime)} to {new Duration(MaxTime)}, such as 15m, or 0 until somebody lifts it.",
                time);
        }

        return trigger with { When = condition.ToString() };
    }

    /// <summary>The trigger with its scope spelled as it is in the store.</summary>
    private static MacSecurityTrigger WithScope(ISecurityTriggerReader store, MacSecurityTrigger trigger)
    {
        if (trigger is { Partition: not null, Interface: not null })
        {
            throw new MacSegmentationException(
                "InvalidSecurityTriggerScope",
                MacErrorKind.InvalidArgument,
                $"Security trigger '{trigger.Name}' cannot watch both a partition and one interface. Give one of -Partition and -Interface; * takes the other away.",
                trigger.Name);
        }

        if (trigger.Interface is { } name)
        {
            var record = InterfaceCatalog.Get(store, name);
            return !record.TriggerExempt ? trigger with { Interface = record.Name } : throw new MacSegmentationException(
                "InterfaceTriggerExempt",
                MacErrorKind.InvalidOperation,
                $"Interface '{record.Name}' is exempt from security triggers: '{trigger.Name}' would never fire. Name another one, or take the exemption away with Set-MacInterface -TriggerExempt $false.",
                record.Name);
        }

        return trigger.Partition is null ? trigger : trigger with { Partition = PartitionCatalog.Get(store, trigger.Partition).Name };
    }

    private static string Describe(MacSecurityTrigger trigger) => string.Join(", ", new[]
    {
        $"when {trigger.When}",
        trigger.Interface is null ? string.Empty : $"at interface {trigger.Interface}",
        trigger.Partition is null ? string.Empty : $"at interfaces of partition {trigger.Partition}",
        trigger.AddTag.Count == 0 ? string.Empty : $"adds {string.Join(" and ", trigger.AddTag)}",
        trigger.RemoveTag.Count == 0 ? string.Empty : $"removes {string.Join(" and ", trigger.RemoveTag)}",
        trigger.For is { } time ? $"for {new Duration(time)}" : "until lifted",
        trigger.IsDryRun ? "dry run" : string.Empty,
        trigger.IsDisabled ? "disabled" : string.Empty,
    }.Where(part => part.Length > 0));

    /// <summary>What an enforcer counts where nothing is sent.</summary>
    private sealed class Silence : IConditionReadings
    {
        public static readonly Silence Instance = new();

        public long Read(MacConditionComparison comparison) => 0;
    }
}
