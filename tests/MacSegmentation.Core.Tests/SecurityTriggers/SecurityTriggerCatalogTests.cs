using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Stores;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.SecurityTriggers;

public sealed class SecurityTriggerCatalogTests
{
    private static readonly MacTag Quarantined = MacTag.OfText("quarantined");
    private static readonly MacTag Trusted = MacTag.OfText("trusted");
    private static readonly TriggerEvidence Evidence = new("Denials 63 within 10s", "host-1", "macseg/7");
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public SecurityTriggerCatalogTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")] }));
        foreach (string name in new[] { "web-1", "web-2" })
        {
            store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = name, VlanId = 10 }));
        }

        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "router", VlanId = 10, TriggerExempt = true }));
        store.Write(w => PartitionCatalog.Create(w, new PartitionRequest { Name = "shop", Tag = [MacTag.OfText("shop")] }));
    }

    [Fact]
    public void A_trigger_exists_once_and_says_its_condition_in_one_form()
    {
        var trigger = Add("scan", when: "denials>50 within 10");
        Assert.Equal(("scan", "Denials > 50 within 10s", 0), (trigger.Name, trigger.When, trigger.InForce));
        Assert.Equal("AddSecurityTrigger scan: when Denials > 50 within 10s, adds quarantined, for 15m", LastEvents(1)[0]);
        Fails("SecurityTriggerExists", () => Add("SCAN"));
        Assert.Equal("scan", store.Read(r => SecurityTriggerCatalog.Get(r, "Scan")).Name);
        Assert.Equal("web-1", Add("one", record: "WEB-1").Interface);
        Assert.Equal("shop", Add("some", partition: "SHOP").Partition);
    }

    [Fact]
    public void What_makes_no_trigger_is_refused()
    {
        Fails("InvalidSecurityTriggerName", () => Add("a*"));
        Fails("InvalidCondition", () => Add("x", when: "Denials > 5"));
        Fails("ConditionAlwaysMet", () => Add("x", when: "Denials >= 0 within 5s"));
        Fails("ConditionAlwaysMet", () => Add("x", when: "Denials > 5 within 5s or ArpRate < 9"));
        Fails("InterfaceNotFound", () => Add("x", record: "nobody"));
        Fails("PartitionNotFound", () => Add("x", partition: "nobody"));
        Fails("InvalidSecurityTriggerScope", () => Add("x", record: "web-1", partition: "shop"));
        Assert.Contains("'router' is exempt", Fails("InterfaceTriggerExempt", () => Add("x", record: "router")).Message, StringComparison.Ordinal);
        Fails("InvalidSecurityTriggerTime", () => Add("x", length: TimeSpan.FromMilliseconds(10)));
        Fails("InvalidSecurityTriggerTime", () => Add("x", length: TimeSpan.FromDays(4000)));
        Fails("SecurityTriggerWithoutTags", () => store.Write(w => SecurityTriggerCatalog.Add(w, new SecurityTriggerRequest { Name = "x", When = "ArpRate > 1" })));
        Fails("InvalidSecurityTriggerTags", () => store.Write(w => SecurityTriggerCatalog.Add(w, new SecurityTriggerRequest { Name = "x", When = "ArpRate > 1", AddTag = [Trusted], RemoveTag = [Trusted] })));
        Fails("SecurityTriggerNotFound", () => store.Write(w => SecurityTriggerCatalog.Change(w, "x", new SecurityTriggerChange())));
        Fails("SecurityTriggerNotFound", () => store.Write(w => SecurityTriggerCatalog.Remove(w, "x")));
    }

    [Fact]
    public void It_tags_the_record_for_its_time_and_again_after_it()
    {
        Add("scan");
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(TriggerOutcome.Fired, Fire("scan", "web-1"));
            Assert.Equal([Quarantined], TagsOf("web-1"));
            Assert.Empty(TagsOf("web-2"));
            Assert.Equal(TriggerOutcome.InForce, Fire("scan", "web-1"));
            Assert.Equal(
                ["ChangeInterface web-1: tagged quarantined", "FireSecurityTrigger scan: at web-1: Denials 63 within 10s, seen by host-1 macseg/7; tagged quarantined for 15m"],
                LastEvents(2));
            var trigger = store.Read(r => SecurityTriggerCatalog.Get(r, "scan"));
            Assert.Equal((1, time.GetUtcNow(), "host-1 macseg/7", "web-1", "Denials 63 within 10s"), (trigger.InForce, trigger.LastFired, trigger.LastFiredBy, trigger.LastFiredInterface, trigger.LastEvidence));
            time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
            Assert.Empty(Lift());
            Assert.Equal(TriggerOutcome.InForce, Fire("scan", "web-1"));
            time.Advance(TimeSpan.FromTicks(1));
            Assert.Single(Lift());
            Assert.Empty(TagsOf("web-1"));
            Assert.Equal("LiftSecurityTrigger scan: at web-1: its time is over; no longer tagged quarantined", LastEvents(1)[0]);
            Assert.Empty(Lift());
        }
    }

    [Fact]
    public void What_it_takes_away_comes_back()
    {
        Tag("web-1", add: Trusted);
        store.Write(w => SecurityTriggerCatalog.Add(w, new SecurityTriggerRequest { Name = "scan", When = "ArpRate > 1", RemoveTag = [Trusted], For = TimeSpan.FromMinutes(1) }));
        Fire("scan", "web-1");
        Assert.Empty(TagsOf("web-1"));
        time.Advance(TimeSpan.FromMinutes(1));
        Lift();
        Assert.Equal([Trusted], TagsOf("web-1"));
    }

    [Fact]
    public void A_tag_that_somebody_set_before_stays_after_it()
    {
        Add("scan");
        Tag("web-1", add: Quarantined);
        Assert.Equal(TriggerOutcome.Fired, Fire("scan", "web-1"));
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Single(Lift());
        Assert.Equal([Quarantined], TagsOf("web-1"));
    }

    [Fact]
    public void Whoever_decides_over_a_tag_by_hand_wins()
    {
        Add("scan");
        Fire("scan", "web-1");

        // Set again by hand, it stays; nothing is in force any more.
        Tag("web-1", add: Quarantined);
        Assert.Equal(0, store.Read(r => SecurityTriggerCatalog.Get(r, "scan")).InForce);
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Empty(Lift());
        Assert.Equal([Quarantined], TagsOf("web-1"));

        // Taken away by hand, it is gone, and the trigger may fire again; set once more meanwhile, it is whoever's that was.
        Tag("web-1", remove: Quarantined);
        Fire("scan", "web-1");
        Tag("web-1", remove: Quarantined);
        Tag("web-1", add: Quarantined);
        time.Advance(TimeSpan.FromMinutes(15));
        Lift();
        Assert.Equal([Quarantined], TagsOf("web-1"));

        // Another tag is none of its business.
        Fire("scan", "web-2");
        Tag("web-2", add: Trusted);
        Assert.Equal(1, store.Read(r => SecurityTriggerCatalog.Get(r, "scan")).InForce);
    }

    [Fact]
    public void A_tag_that_two_triggers_want_goes_with_the_last_of_them()
    {
        Add("scan");
        Add("storm", length: TimeSpan.FromMinutes(30));
        Fire("scan", "web-1");
        Fire("storm", "web-1");
        time.Advance(TimeSpan.FromMinutes(15));
        Lift();
        Assert.Equal([Quarantined], TagsOf("web-1"));
        time.Advance(TimeSpan.FromMinutes(15));
        Lift();
        Assert.Empty(TagsOf("web-1"));
    }

    [Fact]
    public void It_never_fires_where_it_may_not()
    {
        Add("scan");
        Add("shop", partition: "shop");
        Add("one", record: "web-2");
        Assert.Equal(TriggerOutcome.NotApplicable, Fire("scan", "router"));
        Assert.Equal(TriggerOutcome.NotApplicable, Fire("scan", "nobody"));
        Assert.Equal(TriggerOutcome.NotApplicable, Fire("nobody", "web-1"));
        Assert.Equal(TriggerOutcome.NotApplicable, Fire("shop", "web-1"));
        Assert.Equal(TriggerOutcome.NotApplicable, Fire("one", "web-1"));
        store.Write(w => SecurityTriggerCatalog.Change(w, "scan", new SecurityTriggerChange { IsDisabled = true }));
        Assert.Equal(TriggerOutcome.NotApplicable, Fire("scan", "web-1"));
        Tag("web-1", add: MacTag.OfText("shop"));
        Assert.Equal(TriggerOutcome.Fired, Fire("shop", "web-1"));
        store.Write(w => InterfaceCatalog.Change(w, "web-2", new InterfaceChange { TriggerExempt = true }));
        Assert.Equal(TriggerOutcome.NotApplicable, Fire("one", "web-2"));
        Assert.Empty(TagsOf("router").Concat(TagsOf("web-2")));
    }

    [Fact]
    public void A_dry_run_only_says_what_it_would_do()
    {
        store.Write(w => SecurityTriggerCatalog.Add(w, new SecurityTriggerRequest { Name = "scan", When = "ArpRate > 1", AddTag = [Quarantined], IsDryRun = true }));
        Assert.Equal(TriggerOutcome.Rehearsed, Fire("scan", "web-1"));
        Assert.Empty(TagsOf("web-1"));
        Assert.Equal("RehearseSecurityTrigger scan: dry run at web-1: Denials 63 within 10s, seen by host-1 macseg/7; tagged quarantined until lifted", LastEvents(1)[0]);
        Assert.Equal(time.GetUtcNow(), store.Read(r => SecurityTriggerCatalog.Get(r, "scan")).LastFired);
    }

    [Fact]
    public void Where_there_is_no_room_for_a_tag_nothing_has_happened()
    {
        Add("scan");
        store.Write(w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { Tag = [.. Enumerable.Range(1, MacTags.MaxCount).Select(number => MacTag.OfInteger(number))] }));
        Fails("TooManyTags", () => (object)Fire("scan", "web-1"));
        Tag("web-1", remove: MacTag.OfInteger(1));
        Assert.Equal(TriggerOutcome.Fired, Fire("scan", "web-1"));
    }

    [Fact]
    public void What_comes_back_and_has_no_room_is_told()
    {
        Tag("web-1", add: Trusted);
        store.Write(w => SecurityTriggerCatalog.Add(w, new SecurityTriggerRequest { Name = "scan", When = "ArpRate > 1", RemoveTag = [Trusted], For = TimeSpan.FromMinutes(1) }));
        Fire("scan", "web-1");
        store.Write(w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { AddTag = [.. Enumerable.Range(1, MacTags.MaxCount).Select(number => MacTag.OfInteger(number))] }));
        time.Advance(TimeSpan.FromMinutes(1));
        Lift();
        Assert.Equal(MacTags.MaxCount, TagsOf("web-1").Count);
        Assert.Contains("no room for trusted", LastEvents(1)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_trigger_is_lifted_unless_its_tags_are_kept()
    {
        Add("scan", length: null);
        Fire("scan", "web-1");
        Fire("scan", "web-2");
        Assert.Equal(2, store.Write(w => SecurityTriggerCatalog.Remove(w, "SCAN")).InForce);
        Assert.Empty(TagsOf("web-1").Concat(TagsOf("web-2")));
        Add("scan", length: null);
        Fire("scan", "web-1");
        store.Write(w => SecurityTriggerCatalog.Remove(w, "scan", keepsTags: true));
        Assert.Equal([Quarantined], TagsOf("web-1"));
        Assert.Equal("RemoveSecurityTrigger scan: in force at 1 interfaces, whose tags stay", LastEvents(1)[0]);
    }

    [Fact]
    public void What_goes_with_its_record_is_not_taken_back_from_the_next_one()
    {
        Add("scan");
        Fire("scan", "web-1");
        store.Write(w => InterfaceCatalog.Remove(w, "web-1", force: true));
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Empty(Lift());
        Assert.Equal(0, store.Read(r => SecurityTriggerCatalog.Get(r, "scan")).InForce);
    }

    [Fact]
    public void A_record_that_a_trigger_watches_alone_stays_until_that_goes_or_takes_it_along()
    {
        Add("one", record: "web-1");
        Add("all");
        var error = Fails("InterfaceInUse", () => store.Write(w => InterfaceCatalog.Remove(w, "WEB-1", force: false)));
        Assert.Contains("'one' watches interface 'web-1' alone", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, store.Read(r => r.ListSecurityTriggers().Count));
        store.Write(w => InterfaceCatalog.Remove(w, "web-1", force: true));
        Assert.Equal(["all"], store.Read(r => r.ListSecurityTriggers().Select(trigger => trigger.Name)));
        Assert.StartsWith("RemoveSecurityTrigger one: ", LastEvents(3)[0], StringComparison.Ordinal);
        store.Write(w => InterfaceCatalog.Remove(w, "web-2", force: false));
    }

    [Fact]
    public void A_partition_that_a_trigger_watches_stays_until_that_goes()
    {
        Add("scan", partition: "SHOP");
        Assert.Contains("'scan' watch", Fails("PartitionInUse", () => store.Write(w => PartitionCatalog.Remove(w, "shop"))).Message, StringComparison.Ordinal);
        store.Write(w => SecurityTriggerCatalog.Change(w, "scan", new SecurityTriggerChange { Partition = string.Empty }));
        Assert.Equal("shop", store.Write(w => PartitionCatalog.Remove(w, "shop")).Name);
    }

    private MacSecurityTrigger Add(string name, string when = "Denials > 50 within 10s", string? record = null, string? partition = null) => Add(name, TimeSpan.FromMinutes(15), when, record, partition);

    private MacSecurityTrigger Add(string name, TimeSpan? length, string when = "Denials > 50 within 10s", string? record = null, string? partition = null) => store.Write(w => SecurityTriggerCatalog.Add(
        w, new SecurityTriggerRequest { Name = name, When = when, AddTag = [Quarantined], For = length, Interface = record, Partition = partition }));

    private TriggerOutcome Fire(string name, string record) => store.Write(w => SecurityTriggerCatalog.Fire(w, name, record, Evidence));

    private IReadOnlyList<TriggerHold> Lift() => store.Write(SecurityTriggerCatalog.LiftDue);

    private IReadOnlyList<MacTag> TagsOf(string record) => store.Read(r => InterfaceCatalog.Get(r, record).Tag);

    private void Tag(string record, MacTag? add = null, MacTag? remove = null) => store.Write(w => InterfaceCatalog.Change(
        w, record, new InterfaceChange { AddTag = add is { } added ? [added] : [], RemoveTag = remove is { } removed ? [removed] : [] }));

    private string[] LastEvents(int count) =>
        [.. store.Read(r => r.ListAuditEvents(new AuditQuery { Newest = count })).OrderBy(one => one.AuditId).Select(one => $"{one.Action} {one.Subject}: {one.Detail}")];

    /// <summary>The error, of a refusal that has changed nothing.</summary>
    private MacSegmentationException Fails(string errorId, Func<object> change)
    {
        string before = State();
        var error = Assert.Throws<MacSegmentationException>(() => change());
        Assert.Equal((errorId, before), (error.ErrorId, State()));
        return error;

        string State() => store.Read(r => $"{r.Revision} {string.Join("; ", r.ListSecurityTriggers())} {string.Join("; ", r.ListTriggerHolds())}");
    }
}
