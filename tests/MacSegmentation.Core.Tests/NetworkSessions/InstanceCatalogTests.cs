using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Tags;
using MacSegmentation.Units;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

public sealed class InstanceCatalogTests
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public InstanceCatalogTests()
    {
        store = new InMemoryStore(time);
        store.Write(w =>
        {
            VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:10:00:00:00:00/40")] });
            VlanCatalog.Create(w, new MacVlan { VlanId = 20, Ranges = [MacRange.Parse("02:20:00:00:00:00/40")] });
            w.InsertProfile(new MacProfile
            {
                Name = "dsl",
                Egress = new LinkProfile { Bandwidth = BitRate.Parse("1mbit") },
                Ingress = new LinkProfile { Bandwidth = BitRate.Parse("16mbit") },
                Priority = 2,
                AddressRange = MacRange.Parse("02:10:00:00:00:40-02:10:00:00:00:41"),
            });
            w.InsertProfile(new MacProfile { Name = "satellite" });
            w.InsertProfile(new MacProfile { Name = "datacentre", SchedulingClass = SchedulingClass.Weighted, Priority = 6 });
            return SessionCatalog.Create(w, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "DSL" });
        });
    }

    [Fact]
    public void A_profile_is_the_instances_own_else_that_of_the_first_rule_else_the_sessions_else_none()
    {
        var byTag = AddRule(new() { UseProfile = "datacentre", MatchTag = [MacTag.OfText("db")] });
        AddRule(new() { UseProfile = "satellite", MatchName = "*", Session = "training", When = "QueueDepth > 9" });
        var byName = AddRule(new() { UseProfile = "satellite", MatchName = "DB-?" });
        Assert.Equal(("satellite", ProfileSource.Override, null), Outcome(Launch("a", own: "Satellite")));
        Assert.Equal(("datacentre", ProfileSource.Rule, byTag.RuleId), Outcome(Launch("db-1", tags: "db")));
        Assert.Equal(("satellite", ProfileSource.Rule, byName.RuleId), Outcome(Launch("db-2")));
        Assert.Equal(("dsl", ProfileSource.Session, null), Outcome(Launch("db-22")));
        Assert.Equal((null, ProfileSource.None, null), Outcome(store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "b", VlanId = 20 }))));
        foreach (var instance in store.Read(r => r.ListInstances()))
        {
            Assert.Equal(instance.ResolvedProfile, store.Read(r => r.FindInterface(instance.Name))!.Profile);
            Assert.Equal(instance.ResolvedProfile, instance.EffectiveProfile);
        }

        Assert.Equal("LaunchInstance db-1: 02:10:00:00:00:01, session training, profile datacentre, of rule 1", Events(store).First(text => text.StartsWith("LaunchInstance db-1", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_address_comes_from_the_profiles_range_until_that_is_used_up_and_from_the_pool_without_one()
    {
        Assert.Equal(MacAddress.Parse("02:10:00:00:00:40"), Launch("a").MacAddress);
        Assert.Equal(MacAddress.Parse("02:10:00:00:00:41"), Launch("b").MacAddress);
        Assert.Equal(MacAddress.Parse("02:10:00:00:00:00"), Launch("c", own: "satellite").MacAddress);
        Assert.Equal(MacAddress.Parse("02:10:00:00:00:77"), store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "d", Session = "training", MacAddress = MacAddress.Parse("02:10:00:00:00:77") })).MacAddress);
        Unchanged(() => Fails("ProfileRangeExhausted", () => Launch("e")));
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { ReuseDelay = TimeSpan.FromMinutes(1) }));
        store.Write(w => InstanceCatalog.Remove(w, "b", force: false));
        Fails("ProfileRangeExhausted", () => Launch("e"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(MacAddress.Parse("02:10:00:00:00:41"), Launch("e").MacAddress);
    }

    [Fact]
    public void What_cannot_be_launched_changes_nothing()
    {
        Launch("a");
        Unchanged(() =>
        {
            Fails("InstanceExists", () => Launch("A"));
            Fails("InvalidInstanceName", () => Launch("a*"));
            Fails("ProfileNotFound", () => Launch("b", own: "fibre"));
            Fails("SessionNotFound", () => store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "b", Session = "none" })));
            Fails("InstanceWithoutVlan", () => store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "b" })));
            Fails("InstanceOutsideSession", () => store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "b", Session = "training", VlanId = 20 })));
            Assert.Contains(
                "02:10:00:00:00:40-02:10:00:00:00:41, which do not all lie in the pool of VLAN 20",
                Fails("ProfileRangeOutsidePool", () => store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "b", VlanId = 20, Profile = "dsl" }))).Message,
                StringComparison.Ordinal);
            Fails("InstanceNotFound", () => store.Write(w => InstanceCatalog.Change(w, "b", "dsl")));
            Fails("ProfileNotFound", () => store.Write(w => InstanceCatalog.Change(w, "a", "fibre")));
            Fails("InstanceNotFound", () => store.Write(w => InstanceCatalog.Remove(w, "b", force: true)));
        });
        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "vm", VlanId = 10 }));
        Unchanged(() => Fails("InterfaceExists", () => Launch("vm")));
    }

    [Fact]
    public void An_instance_that_ends_leaves_nothing_behind()
    {
        var before = store.Read(r => (r.ListAllocations().Count, r.ListInterfaces().Count, r.ListInstances().Count));
        Launch("a");
        Launch("b", own: "satellite");
        store.Write(w => InstanceCatalog.Remove(w, "a", force: false));
        store.Write(w => InterfaceCatalog.Remove(w, "b", force: false));
        Assert.Equal(before, store.Read(r => (r.ListAllocations().Count, r.ListInterfaces().Count, r.ListInstances().Count)));
        Assert.Equal("dsl", Launch("b").ResolvedProfile);
    }

    [Fact]
    public void A_profile_of_its_own_is_given_and_taken_away_at_run_time()
    {
        Launch("a");
        AddRule(new() { UseProfile = "datacentre", MatchName = "a" });
        Assert.Equal(("satellite", ProfileSource.Override, null), Outcome(store.Write(w => InstanceCatalog.Change(w, "A", "SATELLITE"))));
        Assert.Equal("satellite", store.Read(r => r.FindInterface("a"))!.Profile);
        Unchanged(() => store.Write(w => InstanceCatalog.Change(w, "a", "satellite")));
        Assert.Equal(("datacentre", ProfileSource.Rule, 1L), Outcome(store.Write(w => InstanceCatalog.Change(w, "a", string.Empty))));
        Assert.Equal("datacentre", store.Read(r => r.FindInterface("a"))!.Profile);
    }

    [Fact]
    public void Instances_follow_their_sessions_default_and_no_rule_that_comes_later()
    {
        Launch("a");
        Launch("own", own: "datacentre");
        AddRule(new() { UseProfile = "datacentre", MatchName = "*" });
        Launch("ruled");
        SetSession(new() { DefaultProfile = "satellite" });
        Assert.Equal([("a", "satellite"), ("own", "datacentre"), ("ruled", "datacentre")], Ports());
        SetSession(new() { DefaultProfile = string.Empty });
        Assert.Equal([("a", null), ("own", "datacentre"), ("ruled", "datacentre")], Ports());
        Assert.Equal(ProfileSource.None, store.Read(r => r.FindInstance("a"))!.ProfileSource);
        SetSession(new() { DefaultProfile = "dsl" });
        Assert.Equal(("dsl", ProfileSource.Session, null), Outcome(store.Read(r => r.FindInstance("a"))!));
    }

    [Fact]
    public void A_suspended_session_keeps_addresses_and_takes_profiles_off_the_ports()
    {
        var a = Launch("a");
        SetSession(new() { State = SessionState.Suspended });
        Launch("b", own: "datacentre");
        SetSession(new() { DefaultProfile = "satellite" });
        store.Write(w => InstanceCatalog.Change(w, "b", "satellite"));
        Assert.Equal([("a", null), ("b", null)], Ports());
        Assert.Equal(("satellite", null, a.MacAddress), store.Read(r => r.FindInstance("a")) is { } suspended ? (suspended.ResolvedProfile, suspended.EffectiveProfile, suspended.MacAddress) : default);
        SetSession(new() { State = SessionState.Running });
        Assert.Equal([("a", "satellite"), ("b", "satellite")], Ports());
    }

    [Fact]
    public void A_change_that_has_nothing_to_do_with_profiles_leaves_an_adjusted_port_as_it_is()
    {
        Launch("a");
        store.Write(w => InterfaceCatalog.Change(w, "a", new InterfaceChange { Profile = "satellite" }));
        SetSession(new() { Isolation = SessionIsolation.None });
        Assert.Equal([("a", "satellite")], Ports());
        Assert.Equal("dsl", store.Read(r => r.FindInstance("a"))!.ResolvedProfile);
        store.Write(w => InstanceCatalog.Change(w, "a", string.Empty));
        Assert.Equal([("a", "dsl")], Ports());
    }

    [Fact]
    public void A_session_in_use_names_what_would_end_with_it_and_goes_by_force()
    {
        Launch("a");
        Launch("b");
        AddRule(new() { UseProfile = "satellite", Session = "training" });
        Unchanged(() => Assert.Contains("has instances 'a' and 'b', rule 1, which", Fails("SessionInUse", () => store.Write(w => SessionCatalog.Remove(w, "Training", force: false))).Message, StringComparison.Ordinal));
        store.Write(w => SessionCatalog.Remove(w, "training", force: true));
        Assert.Equal((0, 0, 0, 0), store.Read(r => (r.ListSessions().Count, r.ListInstances().Count, r.ListProfileRules().Count, r.ListAllocations().Count)));
        Assert.Equal("RemoveSession training: with instances 'a' and 'b', rule 1", Events(store)[^1]);
    }

    [Fact]
    public void A_VLAN_with_a_session_goes_by_force_only_and_takes_it_along()
    {
        store.Write(w => SessionCatalog.Create(w, new SessionRequest { Name = "other", VlanId = 20 }));
        Assert.Contains("has 1 session. Remove those with Remove-MacSession", Fails("VlanInUse", () => store.Write(w => VlanCatalog.Remove(w, 20, force: false))).Message, StringComparison.Ordinal);
        store.Write(w => VlanCatalog.Remove(w, 20, force: true));
        Assert.Null(store.Read(r => r.FindSession("other")));
    }

    [Fact]
    public void What_makes_no_session_is_refused()
    {
        Unchanged(() =>
        {
            Fails("SessionExists", () => Session("TRAINING", 20));
            Fails("InvalidSessionName", () => Session("?", 20));
            Fails("VlanNotFound", () => Session("x", 30));
            Fails("ProfileNotFound", () => Session("x", 20, "fibre"));
            Fails("ProfileRangeOutsidePool", () => Session("x", 20, "dsl"));
            Fails("SessionNotFound", () => store.Write(w => SessionCatalog.Change(w, "x", new SessionChange())));
            Fails("ProfileNotFound", () => SetSession(new() { DefaultProfile = "fibre" }));
        });
        void Session(string name, int vlanId, string? profile = null) => store.Write(w => SessionCatalog.Create(w, new SessionRequest { Name = name, VlanId = vlanId, DefaultProfile = profile }));
    }

    [Fact]
    public void What_makes_no_rule_is_refused()
    {
        Unchanged(() =>
        {
            Fails("ProfileNotFound", () => AddRule(new() { UseProfile = "fibre", MatchName = "*" }));
            Fails("ProfileRuleWithoutProfile", () => AddRule(new() { UseProfile = string.Empty, MatchName = "*" }));
            Fails("SessionNotFound", () => AddRule(new() { UseProfile = "dsl", Session = "x" }));
            Fails("ProfileRuleWithoutMatch", () => AddRule(new() { UseProfile = "dsl" }));
            Fails("InvalidNamePattern", () => AddRule(new() { UseProfile = "dsl", MatchName = "[a]" }));
            Assert.Contains("at character 21: 'much', expected a share", Fails("InvalidCondition", () => AddRule(new() { UseProfile = "dsl", MatchName = "*", When = "EgressUtilization > much within 10s" })).Message, StringComparison.Ordinal);
            Fails("ProfileRuleWithoutCondition", () => AddRule(new() { UseProfile = "dsl", MatchName = "*", RevertAfter = TimeSpan.FromMinutes(5) }));
            Fails("InvalidRevertTime", () => AddRule(new() { UseProfile = "dsl", MatchName = "*", When = "QueueDepth > 9", RevertAfter = TimeSpan.FromMilliseconds(5) }));
            Fails("InvalidHoldTime", () => AddRule(new() { UseProfile = "dsl", MatchName = "*", When = "QueueDepth > 9", HoldTime = TimeSpan.FromDays(2) }));
            Fails("ProfileRuleNotFound", () => store.Write(w => ProfileRuleCatalog.Remove(w, 7)));
        });
        store.Write(w => SessionCatalog.Create(w, new SessionRequest { Name = "other", VlanId = 20 }));
        Fails("ProfileRangeOutsidePool", () => AddRule(new() { UseProfile = "dsl", Session = "other" }));
        var rule = AddRule(new() { UseProfile = "DSL", MatchName = "db-*", When = "egressutilization>90% within 10" });
        Assert.Equal(("dsl", "EgressUtilization > 90% within 10s", TimeSpan.FromSeconds(10)), (rule.UseProfile, rule.When, rule.HoldTime));
        Fails("ProfileRuleExists", () => AddRule(new() { UseProfile = "dsl", MatchName = "db-*", When = "EgressUtilization > 90% within 10s" }));
    }

    [Fact]
    public void A_profile_that_goes_is_replaced_wherever_it_is_named()
    {
        Launch("a");
        Launch("own", own: "datacentre");
        AddRule(new() { UseProfile = "datacentre", MatchName = "r*" });
        Launch("r1");
        Assert.Equal(["rule 1", "instance 'own'", "instance 'r1'"], store.Read(r => r.ListSessionUses("datacentre", 9)));
        Move("datacentre", "satellite");
        Assert.Equal([("a", "dsl"), ("own", "satellite"), ("r1", "satellite")], Ports());
        Assert.Equal("satellite", store.Read(r => r.FindProfileRule(1))!.UseProfile);
        Assert.Empty(store.Read(r => r.ListSessionUses("datacentre", 9)));

        Move("satellite", null);
        Assert.Equal([("a", "dsl"), ("own", "dsl"), ("r1", "dsl")], Ports());
        Assert.Empty(store.Read(r => r.ListProfileRules()));
        Move("dsl", null);
        Assert.Equal([("a", null), ("own", null), ("r1", null)], Ports());
        Assert.Null(store.Read(r => r.FindSession("training"))!.DefaultProfile);

        void Move(string profile, string? to) => store.Write(w =>
        {
            w.MoveInterfaces(profile, to);
            w.MoveSessionUses(profile, to);
            return 0;
        });
    }

    [Fact]
    public void Hyper_V_gets_what_the_profile_gives_the_machine()
    {
        var settings = Launch("a").VMNetworkAdapterSettings;
        Assert.Equal(["IeeePriorityTag=On", "MacAddressSpoofing=Off", "MaximumBandwidth=1000000", "StaticMacAddress=021000000040", "VMName=a"], Lines(settings));
        Assert.Equal(Lines(settings), Lines(store.Read(r => InstanceCatalog.Get(r, "a")).VMNetworkAdapterSettings));
        Assert.Equal(["Access=True", "VlanId=10", "VMName=a"], Lines(store.Read(r => InstanceCatalog.Get(r, "a")).VMNetworkAdapterVlanSettings));
        store.Write(w => InterfaceCatalog.Change(w, "a", new InterfaceChange { PortSecurity = false }));
        var changed = store.Write(w => InstanceCatalog.Change(w, "a", "datacentre"));
        Assert.Equal(["IeeePriorityTag=On", "MacAddressSpoofing=On", "MaximumBandwidth=0", "MinimumBandwidthWeight=7", "StaticMacAddress=021000000040", "VMName=a"], Lines(changed.VMNetworkAdapterSettings));
        SetSession(new() { State = SessionState.Suspended });
        Assert.Contains("IeeePriorityTag=Off", Lines(Assert.Single(store.Read(r => InstanceCatalog.WithCharacters(r, r.ListInstances()))).VMNetworkAdapterSettings));

        static string[] Lines(System.Collections.Hashtable table) => [.. table.Keys.Cast<string>().Order(StringComparer.OrdinalIgnoreCase).Select(key => $"{key}={table[key]}")];
    }

    private static (string? Profile, ProfileSource Source, long? Rule) Outcome(MacInstance instance) => (instance.ResolvedProfile, instance.ProfileSource, instance.ProfileRule);

    private static string[] Events(InMemoryStore store) =>
        [.. store.Read(r => r.ListAuditEvents(new AuditQuery { Newest = 100 })).Select(entry => $"{entry.Action} {entry.Subject}: {entry.Detail}")];

    private static MacSegmentationException Fails(string errorId, Action action)
    {
        var error = Assert.Throws<MacSegmentationException>(action);
        Assert.Equal(errorId, error.ErrorId);
        return error;
    }

    private MacInstance Launch(string name, string? own = null, params string[] tags) =>
        store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = name, Session = "Training", Profile = own, Tag = [.. tags.Select(MacTag.OfText)] }));

    private MacProfileRule AddRule(ProfileRuleRequest request) => store.Write(w => ProfileRuleCatalog.Add(w, request));

    private void SetSession(SessionChange change) => store.Write(w => SessionCatalog.Change(w, "training", change));

    private (string Name, string? Profile)[] Ports() => [.. store.Read(r => r.ListInterfaces()).Select(record => (record.Name, record.Profile))];

    private void Unchanged(Action action)
    {
        long before = store.ReadRevision();
        action();
        Assert.Equal(before, store.ReadRevision());
    }
}
