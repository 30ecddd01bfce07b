using System.Globalization;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Undoing;

/// <summary>
/// Takes a change back, as far as that can be: each record that it changed is put back as it was, if nobody has changed it since. It is a change of its own, and no rewind: what came later stays.
/// Addresses go through their pools, so that none is given out twice; what devices and providers know (handles, blocks) only they can give back.
/// </summary>
public static class ChangeUndo
{
    private const string Vlans = "vlan";
    private const string Ranges = "vlan_range";
    private const string Allocations = "allocation";
    private const string Reservations = "reservation";
    private const string FixedAddresses = "fixed_address";

    /// <summary>What is known elsewhere, too.</summary>
    private static readonly Dictionary<string, string> Shared = new(StringComparer.Ordinal)
    {
        ["handle"] = "its device knows the address; revoke it with Revoke-MacHandle",
        ["block"] = "its provider gives addresses out of it; take it back with Revoke-MacBlock",
    };

    /// <summary>Takes a change back.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="revision">The revision that the change made.</param>
    /// <param name="force">True to put back records, too, that were changed since: of one that is there, the fields that the change had set.</param>
    /// <returns>What became of each record.</returns>
    /// <exception cref="MacSegmentationException">RevisionNotFound, RevisionNotRecorded; UndoImpossible: nothing of it can be put back.</exception>
    public static IReadOnlyList<MacUndoStep> Run(IStoreWriter store, long revision, bool force)
    {
        ArgumentNullException.ThrowIfNull(store);
        RevisionComparison.Require(store, revision);
        var changes = store.ListRecordChanges(revision - 1, revision);
        var steps = new List<MacUndoStep>();
        var made = new Undoing(store, revision, force, changes, steps);
        made.RemoveAdded();
        made.ChangeBack();
        made.AddRemoved();
        int done = steps.Count(step => step.IsUndone);
        if (done == 0)
        {
            string why = steps.Count == 0 ? "it changed no record" : steps[0].Reason;
            throw new MacSegmentationException("UndoImpossible", MacErrorKind.InvalidOperation, $"Nothing of revision {revision} can be taken back: {why}.", revision);
        }

        store.AppendAudit(new AuditEntry(AuditAction.UndoChange, 0, $"revision {revision}", done == steps.Count ? $"{done} records" : $"{done} of {steps.Count} records"));
        return steps;
    }

    /// <summary>What taking a change back would do; nothing is changed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="revision">The revision that the change made.</param>
    /// <param name="force">As in <see cref="Run"/>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MacSegmentationException">As <see cref="Run"/>.</exception>
    public static IReadOnlyList<MacUndoStep> Preview(IMacStore store, long revision, bool force, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        try
        {
            return store.WriteStoppable<IReadOnlyList<MacUndoStep>>(writer => throw new RolledBack(Run(writer, revision, force)), cancellation);
        }
        catch (RolledBack rehearsed)
        {
            return rehearsed.Steps;
        }
    }

#pragma warning disable CA1032, CA1064, RCS1194 // It never leaves this class.
    private sealed class RolledBack(IReadOnlyList<MacUndoStep> steps) : Exception
#pragma warning restore CA1032, CA1064, RCS1194
    {
        public IReadOnlyList<MacUndoStep> Steps { get; } = steps;
    }

    private sealed class Undoing(IStoreWriter store, long revision, bool force, IReadOnlyList<RecordChange> changes, List<MacUndoStep> steps)
    {
        private readonly HashSet<string> wholeVlans = [.. changes.Where(change => change.Table is Vlans && (change.Before is null || change.After is null)).Select(change => change.Key)];

        /// <summary>What refers to another goes before it.</summary>
        public void RemoveAdded()
        {
            foreach (var change in changes.Where(change => change.Before is null && !IsOfRanges(change)).Reverse())
            {
                Take(change, RecordDifferenceKind.Added, () => change.Table switch
                {
                    Vlans => Try(() => VlanCatalog.Remove(store, (int)(long)change.After!["vlan_id"]!, force)),
                    Allocations => Release(change.After!),
                    Reservations => Try(() => ReservationList.Remove(store, (int)(long)change.After!["vlan_id"]!, RangeOf(change.After))),
                    _ when WhyChanged(change) is { } why => why,
                    _ => Delete(change),
                });
            }
        }

        public void ChangeBack()
        {
            foreach (var change in changes.Where(change => change is { Before: not null, After: not null } && !IsOfRanges(change)))
            {
                string[] columns = [.. change.Before!.Keys.Where(column => !Equals(change.Before[column], change.After!.GetValueOrDefault(column)))];
                Take(change, RecordDifferenceKind.Changed, () => WhyChanged(change) ?? store.PutRecord(change.Table, change.Key, change.Before, columns));
            }

            foreach (var vlan in changes.Where(IsOfRanges).Where(change => !wholeVlans.Contains(VlanOf(change))).GroupBy(VlanOf, StringComparer.Ordinal))
            {
                PutRanges(vlan.Key, [.. vlan]);
            }
        }

        public void AddRemoved()
        {
            foreach (var change in changes.Where(change => change.After is null && !IsOfRanges(change)))
            {
                Take(change, RecordDifferenceKind.Removed, () => change.Table switch
                {
                    Vlans => CreateVlan(change),
                    Allocations => Allocate(change.Before!),
                    Reservations => Try(() => ReservationList.Add(store, (int)(long)change.Before!["vlan_id"]!, RangeOf(change.Before), (string)change.Before["description"]!)),
                    FixedAddresses when WhyTaken(change.Before!) is { } taken => taken,
                    _ when WhyChanged(change) is { } why => why,
                    _ => store.PutRecord(change.Table, change.Key, change.Before!, columns: null),
                });
            }
        }

        private static bool IsOfRanges(RecordChange change) => change.Table is Ranges;

        private static string VlanOf(RecordChange change) => Convert.ToString((change.After ?? change.Before)!["vlan_id"], CultureInfo.InvariantCulture)!;

        private void Take(RecordChange change, RecordDifferenceKind kind, Func<string?> undo)
        {
            string? why = Shared.GetValueOrDefault(change.Table) ?? undo();
            steps.Add(new MacUndoStep
            {
                Revision = revision,
                Table = change.Table,
                Record = store.DescribeKey(change.Table, change.Key),
                Name = (change.After ?? change.Before)!.GetValueOrDefault("name") as string ?? string.Empty,
                Kind = kind,
                IsUndone = why is null,
                Reason = why ?? string.Empty,
            });
        }

        /// <summary>Why a record is not put back that is not any more as the change had left it.</summary>
        private string? WhyChanged(RecordChange change)
        {
            var present = store.FindRecord(change.Table, change.Key);
            return force || RecordChange.AreEqual(present, change.After) || RecordChange.AreEqual(present, change.Before) ? null
                : present is null ? "it was removed since"
                : change.After is null ? "another one has its place by now"
                : "it was changed since";
        }

        private string? Delete(RecordChange change)
        {
            store.DeleteRecord(change.Table, change.Key);
            return null;
        }

        private string? Release(IReadOnlyDictionary<string, object?> after)
        {
            var address = AddressOf(after);
            return store.FindAllocation(address) is not { } allocation ? null
                : !IsOf(allocation, after) ? $"{address} was given to '{allocation.InstanceId}' since"
                : allocation.Handle.Length > 0 ? Shared["handle"]
                : Try(() => AddressPool.Release(store, address));
        }

        private string? Allocate(IReadOnlyDictionary<string, object?> before)
        {
            var address = AddressOf(before);
            return before["handle"] is string { Length: > 0 } ? Shared["handle"]
                : store.FindAllocation(address) is { } allocation ? IsOf(allocation, before) ? null : $"{address} was given to '{allocation.InstanceId}' since"
                : Try(() => AddressPool.Allocate(store, (int)(long)before["vlan_id"]!, (string)before["instance_id"]!, address, evenIfHeldDown: true));
        }

        private static MacAddress AddressOf(IReadOnlyDictionary<string, object?> image) => new((ulong)(long)image["address"]!);

        private static bool IsOf(MacAllocation allocation, IReadOnlyDictionary<string, object?> image) =>
            allocation.VlanId == (long)image["vlan_id"]! && string.Equals(allocation.InstanceId, image["instance_id"] as string, StringComparison.OrdinalIgnoreCase);

        /// <summary>The ranges make the pool anew; what else the VLAN was is written over it.</summary>
        private string? CreateVlan(RecordChange change)
        {
            int vlanId = (int)(long)change.Before!["vlan_id"]!;
            var ranges = changes.Where(range => IsOfRanges(range) && range.Before is not null && string.Equals(VlanOf(range), change.Key, StringComparison.Ordinal)).Select(range => RangeOf(range.Before!));
            return store.FindVlan(vlanId) is not null ? "another one has its number by now"
                : Try(() => VlanCatalog.Create(store, new MacVlan { VlanId = vlanId, Name = (string)change.Before["name"]!, Ranges = [.. ranges] }))
                ?? store.PutRecord(Vlans, change.Key, change.Before, [.. change.Before.Keys]);
        }

        private void PutRanges(string vlan, RecordChange[] ranges)
        {
            int vlanId = int.Parse(vlan, CultureInfo.InvariantCulture);
            MacRange[] before = [.. ranges.Where(range => range.Before is not null).Select(range => RangeOf(range.Before!)).OrderBy(range => range.First)];
            MacRange[] after = [.. ranges.Where(range => range.After is not null).Select(range => RangeOf(range.After!)).OrderBy(range => range.First)];
            var change = new VlanChange { AddRanges = MacRangeSet.Subtract(before, after), RemoveRanges = MacRangeSet.Subtract(after, before) };
            Take(ranges[0] with { Key = vlan }, RecordDifferenceKind.Changed, () => Try(() => VlanCatalog.Change(store, vlanId, change)));
        }

        private static MacRange RangeOf(IReadOnlyDictionary<string, object?> image) => new(new MacAddress((ulong)(long)image["first"]!), new MacAddress((ulong)(long)image["last"]!));

        /// <summary>Two records of a VLAN must not have one address, which no table guards.</summary>
        private string? WhyTaken(IReadOnlyDictionary<string, object?> before) =>
            store.FindRecord("interface", $"{before["interface_id"]}") is { } record
            && IPAddress.TryParse(store.Describe(FixedAddresses, "ip_address", before["ip_address"]), out var address)
            && store.FindInterfaceByIPAddress((int)(long)record["vlan_id"]!, address) is { } other && other.InterfaceId != (long)before["interface_id"]!
                ? $"{address} is that of the interface record '{other.Name}' by now"
                : null;

        /// <summary>A rule throws before it writes.</summary>
        private static string? Try<T>(Func<T> change)
        {
            try
            {
                change();
                return null;
            }
            catch (MacSegmentationException error) when (!error.EndsTransaction)
            {
                return error.Message.TrimEnd('.');
            }
        }
    }
}
