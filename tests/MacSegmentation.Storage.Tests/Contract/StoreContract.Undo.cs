using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Undoing;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void A_change_that_is_taken_back_at_once_leaves_no_record_changed()
    {
        var time = new ManualTime();
        var store = Open(time);
        long newestPolicy = 0;
        Property.Holds(
            RandomStep.Any.ArrayOf(40),
            steps =>
            {
                RemoveAll(store);
                store.Write(FillWithInterfaces);
                foreach (var step in steps)
                {
                    time.Advance(TimeSpan.FromSeconds(step.Slot));
                    long before = store.ReadRevision();
                    step.Apply(store, newestPolicy);
                    newestPolicy = Math.Max(newestPolicy, store.Read(reader => reader.ListPolicies()).Select(policy => policy.PolicyId).DefaultIfEmpty().Max());
                    if (store.ReadRevision() == before || !step.Flag)
                    {
                        continue;
                    }

                    long revision = store.ReadRevision();
                    var snapshot = store.ReadSnapshot();
                    try
                    {
                        var undone = store.Write(writer => ChangeUndo.Run(writer, revision, force: false));
                        var left = store.Read(reader => reader.ListRecordChanges(before, reader.Revision));
                        var excused = undone.Where(one => !one.IsUndone).Select(one => (one.Table, one.Record)).ToHashSet();

                        // An address that was given out once more has another time; what is not put back is said.
                        Assert.All(left, change => Assert.True(
                            change.Table is "allocation" or "vlan_range" or "handle" || excused.Contains((change.Table, change.Key)),
                            $"{change.Table} {change.Key} after {step}: {Text(change.Before)} -> {Text(change.After)}"));
                        Assert.All(undone.Where(one => !one.IsUndone), one => Assert.NotEmpty(one.Reason));
                    }
                    catch (MacSegmentationException error)
                    {
                        Assert.Equal("UndoImpossible", error.ErrorId);
                        Assert.Equal(revision, store.ReadRevision());
                    }

                    // Whoever follows sees what is there, as one does who begins anew.
                    AssertSame(store.ReadSnapshot(), store.ReadSnapshot(snapshot));
                }
            },
            count: 60);
        CheckIntegrity();

        static string Text(IReadOnlyDictionary<string, object?>? image) => image is null ? "nothing" : string.Join(", ", image);
    }

    [Fact]
    public void Each_kind_of_change_is_compared_and_taken_back()
    {
        var store = Open();
        CreateVlan(store, 10, "02:00:00:00:00:00-02:00:00:00:00:ff");
        var policy = store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Exactly(MacAddress.Parse("02:00:00:00:00:01")), PolicyAction.Deny));
        store.Write(writer => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-1", VlanId = 10, IPAddress = ["10.0.0.11/24"] }));
        long start = store.ReadRevision();
        store.Write(writer => PolicyList.Change(writer, policy.PolicyId, new PolicyChange { Action = PolicyAction.Drop }));
        var difference = Assert.Single(store.Read(reader => RevisionComparison.Compare(reader, start, start + 1)));
        Assert.Equal((RecordDifferenceKind.Changed, "policy", $"{policy.PolicyId}", "action", "Deny", "Drop"), (difference.Kind, difference.Table, difference.Record, difference.Property, difference.Before, difference.After));
        var back = Assert.Single(store.Read(reader => RevisionComparison.Compare(reader, start + 1, start)));
        Assert.Equal((difference.After, difference.Before), (back.Before, back.After));
        Assert.Empty(store.Read(reader => RevisionComparison.Compare(reader, start, start)));

        Assert.True(Assert.Single(Undo(store, start + 1)).IsUndone);
        Assert.Equal(policy, store.Read(reader => reader.FindPolicy(policy.PolicyId)));
        Assert.Empty(store.Read(reader => RevisionComparison.Compare(reader, start, reader.Revision)));
        var entry = store.Read(reader => reader.ListAuditEvents(new AuditQuery { Newest = 1 }))[0];
        Assert.Equal((AuditAction.UndoChange, $"revision {start + 1}"), (entry.Action, entry.Subject));

        // And that again.
        Undo(store, store.ReadRevision());
        Assert.Equal(PolicyAction.Drop, store.Read(reader => reader.FindPolicy(policy.PolicyId))!.Action);

        // A record with all its parts, and its address.
        store.Write(writer => SecurityGroupCatalog.Create(writer, "web"));
        store.Write(writer => SecurityGroupCatalog.AddMember(writer, "web", "web-1"));
        var before = store.Read(reader => reader.FindInterface("web-1"))!;
        store.Write(writer => InterfaceCatalog.Remove(writer, "web-1", force: false));
        long removed = store.ReadRevision();
        Assert.Null(store.Read(reader => reader.FindInterface("web-1")));
        Assert.All(Undo(store, removed), step => Assert.True(step.IsUndone, step.Reason));
        Assert.Equal(StoreDescription.Of(before), StoreDescription.Of(store.Read(reader => reader.FindInterface("web-1"))!));
        Assert.Equal("web-1", store.Read(reader => reader.FindAllocation(before.MacAddress))!.InstanceId);

        // A VLAN with all that was in it.
        long whole = store.ReadRevision();
        store.Write(writer => VlanCatalog.Remove(writer, 10, force: true));
        long gone = store.ReadRevision();
        Assert.Empty(store.Read(reader => reader.ListVlans()));
        Assert.All(Undo(store, gone), step => Assert.True(step.IsUndone, $"{step.Table}: {step.Reason}"));
        Assert.Equal(StoreDescription.Of(before), StoreDescription.Of(store.Read(reader => reader.FindInterface("web-1"))!));
        Assert.All(store.Read(reader => reader.ListRecordChanges(whole, reader.Revision)), change => Assert.Equal("allocation", change.Table));
    }

    [Fact]
    public void What_others_have_by_now_is_not_taken_from_them()
    {
        var store = Open();
        CreateVlan(store, 10, "02:00:00:00:00:00-02:00:00:00:00:ff");
        var first = store.Write(writer => AddressPool.Allocate(writer, 10, "vm-1"));
        long allocated = store.ReadRevision();
        store.Write(writer => AddressPool.Release(writer, first.MacAddress));
        long released = store.ReadRevision();
        store.Write(writer => AddressPool.Allocate(writer, 10, "vm-2", first.MacAddress, evenIfHeldDown: true));
        foreach (long revision in (long[])[allocated, released])
        {
            foreach (bool force in (bool[])[false, true])
            {
                var error = Assert.Throws<MacSegmentationException>(() => Undo(store, revision, force));
                Assert.Equal("UndoImpossible", error.ErrorId);
                Assert.Contains("was given to 'vm-2' since", error.Message, StringComparison.Ordinal);
            }
        }

        var policy = store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Deny));
        store.Write(writer => PolicyList.Change(writer, policy.PolicyId, new PolicyChange { Action = PolicyAction.Drop }));
        long changed = store.ReadRevision();
        store.Write(writer => PolicyList.Change(writer, policy.PolicyId, new PolicyChange { Order = 77 }));
        Assert.Contains("changed since", Assert.Throws<MacSegmentationException>(() => Undo(store, changed)).Message, StringComparison.Ordinal);
        Assert.Equal(
            (77, PolicyAction.Drop), (store.Read(reader => reader.FindPolicy(policy.PolicyId))!.Order, store.Read(reader => reader.FindPolicy(policy.PolicyId))!.Action));
        Undo(store, changed, force: true);
        Assert.Equal((77, PolicyAction.Deny), (store.Read(reader => reader.FindPolicy(policy.PolicyId))!.Order, store.Read(reader => reader.FindPolicy(policy.PolicyId))!.Action));

        store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("urn:x:1"), VlanId = 10 }));
        Assert.Contains("Revoke-MacHandle", Assert.Throws<MacSegmentationException>(() => Undo(store, store.ReadRevision())).Message, StringComparison.Ordinal);
        Assert.Equal("RevisionNotFound", Assert.Throws<MacSegmentationException>(() => Undo(store, 4711)).ErrorId);
        Assert.Equal("RevisionNotFound", Assert.Throws<MacSegmentationException>(() => store.Read(reader => RevisionComparison.Compare(reader, 1, 4711))).ErrorId);
        Assert.Equal(1, store.Read(reader => reader.RecordedFrom));

        long revisionBefore = store.ReadRevision();
        Assert.NotEmpty(ChangeUndo.Preview(store, revisionBefore - 1, force: true, CancellationToken.None));
        Assert.Equal(revisionBefore, store.ReadRevision());
    }

    [Fact]
    public void Addresses_are_compared_by_what_was_given_out_and_came_back()
    {
        var time = new ManualTime();
        var store = Open(time);
        CreateVlan(store, 10, "02:00:00:00:00:00-02:00:00:00:00:ff");
        var address = MacAddress.Parse("02:00:00:00:00:07");
        string?[] owners = ["a", null, "b", null, "c", "c", null, "it's 'x' by handle 'y'"];
        string?[] states = new string?[owners.Length + 1];
        for (int i = 0; i < owners.Length; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            if (owners[i] is { } owner && (i == 0 || owners[i - 1] is null))
            {
                store.Write(writer => AddressPool.Allocate(writer, 10, owner, address, evenIfHeldDown: true));
            }
            else if (owners[i] is null)
            {
                store.Write(writer => AddressPool.Release(writer, address));
            }
            else
            {
                store.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Deny));
            }

            states[i + 1] = owners[i];
        }

        // The last instance's name looks like a handle's, and is told apart only by what is there.
        for (int first = 0; first < states.Length - 1; first++)
        {
            for (int last = first; last < states.Length - 1; last++)
            {
                var change = store.Read(reader => reader.ListRecordChanges(first + 1, last + 1)).SingleOrDefault(record => record.Table is "allocation");
                bool isSame = Equals(states[first], states[last]) && (states[first] is null || !owners.AsSpan(first, last - first).Contains(null));
                string expected = isSame ? "none" : $"{states[first]} -> {states[last]}";
                Assert.Equal(expected, change is null ? "none" : $"{change.Before?["instance_id"]} -> {change.After?["instance_id"]}");
            }
        }
    }

    [Fact]
    public void What_is_nobodys_change_leaves_no_record()
    {
        var store = Open();
        CreateVlan(store, 10, "02:00:00:00:00:00-02:00:00:00:00:ff");
        store.Write(writer =>
        {
            writer.InsertAllocation(new MacAllocation { MacAddress = MacAddress.Parse("02:00:00:00:00:07"), VlanId = 10, InstanceId = "x", AllocatedAt = writer.Now });
            return 0;
        });
        store.Write(writer => AddressPool.Allocate(writer, 10, "vm-1"));
        Assert.Equal(["vm-1"], store.Read(reader => reader.ListRecordChanges(1, 2)).Where(change => change.Table is "allocation").Select(change => change.After!["instance_id"]));
    }

    private static IReadOnlyList<MacUndoStep> Undo(IMacStore store, long revision, bool force = false) => store.Write(writer => ChangeUndo.Run(writer, revision, force));
}
