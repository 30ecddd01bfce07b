using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Tags;
using MacSegmentation.Units;

namespace MacSegmentation.SecurityTriggers;

public static partial class SecurityTriggerCatalog
{
    /// <summary>
    /// A trigger's condition was met at an interface record. What holds now decides, not what whoever saw it knew: the trigger may be changed by now, or another host was faster.
    /// </summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The trigger.</param>
    /// <param name="interfaceName">The record whose port it was.</param>
    /// <param name="evidence">What had been counted, and by whom.</param>
    /// <exception cref="MacSegmentationException">TooManyTags: the record has no room for the tags.</exception>
    public static TriggerOutcome Fire(ISecurityTriggerWriter store, string name, string interfaceName, TriggerEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(evidence);
        if (store.FindSecurityTrigger(name) is not { } trigger || store.FindInterface(interfaceName) is not { } record || !Watches(trigger, record, store.FindPartition))
        {
            return TriggerOutcome.NotApplicable;
        }

        var before = store.ListTriggerHolds(record.Name).FirstOrDefault(hold => AreSame(hold.Trigger, trigger.Name));
        if (before is not null && IsInForce(before, store.Now))
        {
            return TriggerOutcome.InForce;
        }

        MacTag[] added = [.. trigger.AddTag.Except(record.Tag)];
        MacTag[] removed = [.. trigger.RemoveTag.Intersect(record.Tag)];
        string what = $"at {record.Name}: {evidence.Counts}, seen by {evidence.Seer}; {DescribeTags(added, removed)}{(trigger.For is { } time ? $" for {new Duration(time)}" : " until lifted")}";
        var fired = trigger with { LastFired = store.Now, LastFiredBy = evidence.Seer, LastFiredInterface = record.Name, LastEvidence = evidence.Counts };
        if (trigger.IsDryRun)
        {
            store.UpdateSecurityTrigger(fired);
            store.AppendAudit(new AuditEntry(AuditAction.RehearseSecurityTrigger, record.VlanId, trigger.Name, $"dry run {what}"));
            return TriggerOutcome.Rehearsed;
        }

        // One whose time is over and that nobody has taken back yet goes on with what it has.
        if (before is not null)
        {
            store.DeleteTriggerHold(before);
        }

        InterfaceCatalog.Change(store, record.Name, new InterfaceChange { AddTag = added, RemoveTag = removed });
        store.PutTriggerHold(new TriggerHold
        {
            Trigger = trigger.Name,
            Interface = record.Name,
            Since = store.Now,
            Until = store.Now + trigger.For,
            AddedTag = [.. (before?.AddedTag ?? []).Union(added)],
            RemovedTag = [.. (before?.RemovedTag ?? []).Union(removed)],
        });
        store.UpdateSecurityTrigger(fired);
        store.AppendAudit(new AuditEntry(AuditAction.FireSecurityTrigger, record.VlanId, trigger.Name, what));
        return TriggerOutcome.Fired;
    }

    /// <summary>Takes back what triggers have done and whose time is over, whichever host it was that saw them fire.</summary>
    /// <param name="store">The transaction.</param>
    /// <returns>What was taken back.</returns>
    public static IReadOnlyList<TriggerHold> LiftDue(ISecurityTriggerWriter store)
    {
        ArgumentNullException.ThrowIfNull(store);
        TriggerHold[] due = [.. store.ListTriggerHolds().Where(hold => !IsInForce(hold, store.Now))];
        foreach (var hold in due)
        {
            End(store, hold, "its time is over");
        }

        return due;
    }

    /// <summary>
    /// Somebody has decided over tags of a record, so no trigger takes back what it did to them; one that has nothing left to take back is not in force any more, and may fire again.
    /// </summary>
    internal static void Release(ISecurityTriggerWriter store, string interfaceName, IReadOnlyList<MacTag> tags)
    {
        foreach (var hold in store.ListTriggerHolds(interfaceName))
        {
            var trigger = store.FindSecurityTrigger(hold.Trigger);
            if (!hold.AddedTag.Concat(hold.RemovedTag).Concat(trigger?.AddTag ?? []).Concat(trigger?.RemoveTag ?? []).Intersect(tags).Any())
            {
                continue;
            }

            var left = hold with { AddedTag = [.. hold.AddedTag.Except(tags)], RemovedTag = [.. hold.RemovedTag.Except(tags)] };
            if (left.AddedTag.Count + left.RemovedTag.Count == 0)
            {
                store.DeleteTriggerHold(hold);
            }
            else
            {
                store.PutTriggerHold(left);
            }

            store.AppendAudit(new AuditEntry(AuditAction.LiftSecurityTrigger, NoVlan, hold.Trigger, $"at {hold.Interface}: it was decided otherwise over {string.Join(" and ", tags)}"));
        }
    }

    private static bool IsInForce(TriggerHold hold, DateTimeOffset now) => hold.Until is null || hold.Until > now;

    private static void End(ISecurityTriggerWriter store, TriggerHold hold, string why)
    {
        store.DeleteTriggerHold(hold);
        if (store.FindInterface(hold.Interface) is not { } record)
        {
            return;
        }

        var removed = hold.AddedTag.Intersect(record.Tag).Where(tag => !GoesToAnother(store, record, tag, isAdded: true)).ToArray();
        var missing = hold.RemovedTag.Except(record.Tag).Where(tag => !GoesToAnother(store, record, tag, isAdded: false)).ToArray();

        // Somebody may have given the record other tags meanwhile: those stay.
        MacTag[] added = [.. missing.Take(MacTags.MaxCount - record.Tag.Count + removed.Length)];
        InterfaceCatalog.Change(store, record.Name, new InterfaceChange { AddTag = added, RemoveTag = removed });
        string lost = added.Length == missing.Length ? string.Empty : $", and no room for {string.Join(" and ", missing.Except(added))}";
        store.AppendAudit(new AuditEntry(AuditAction.LiftSecurityTrigger, record.VlanId, hold.Trigger, $"at {record.Name}: {why}; {DescribeTags(added, removed)}{lost}"));
    }

    /// <summary>A tag that another trigger in force wants as it is stays so, and is that one's from now on.</summary>
    private static bool GoesToAnother(ISecurityTriggerWriter store, MacInterface record, MacTag tag, bool isAdded)
    {
        foreach (var other in store.ListTriggerHolds(record.Name).Where(other => IsInForce(other, store.Now)))
        {
            if (store.FindSecurityTrigger(other.Trigger) is { } trigger && (isAdded ? trigger.AddTag : trigger.RemoveTag).Contains(tag))
            {
                store.PutTriggerHold(isAdded ? other with { AddedTag = [.. other.AddedTag, tag] } : other with { RemovedTag = [.. other.RemovedTag, tag] });
                return true;
            }
        }

        return false;
    }

    private static string DescribeTags(MacTag[] added, MacTag[] removed)
    {
        string[] parts = [.. new[] { added.Length == 0 ? string.Empty : $"tagged {string.Join(" and ", added)}", removed.Length == 0 ? string.Empty : $"no longer tagged {string.Join(" and ", removed)}" }.Where(part => part.Length > 0)];
        return parts.Length == 0 ? "its tags were so already" : string.Join(", ", parts);
    }
}
