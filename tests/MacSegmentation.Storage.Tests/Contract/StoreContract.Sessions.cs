using MacSegmentation.Addressing;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void A_session_an_instance_and_a_rule_are_read_as_they_were_written()
    {
        var store = Open();
        CreateVlan(store);
        store.Write(writer => WithProfiles(writer, new MacProfile { Name = "dsl" }, new MacProfile { Name = "sat" }));
        var session = store.Write(writer => SessionCatalog.Create(
            writer, new SessionRequest { Name = "\u00dcbung", VlanId = 10, DefaultProfile = "dsl", Isolation = SessionIsolation.None, State = SessionState.Suspended }));
        Assert.Equal(session, Open().Read(reader => reader.FindSession("\u00fcBUNG")));
        var rule = store.Write(writer => ProfileRuleCatalog.Add(writer, new ProfileRuleRequest
        {
            UseProfile = "sat",
            MatchName = "db-*",
            MatchTag = [MacTag.OfText("x"), MacTag.OfJson("{\"a\":1}")],
            Session = "\u00fcbung",
            When = "Loss > 5% within 1m",
            RevertAfter = TimeSpan.FromMinutes(5),
            HoldTime = TimeSpan.FromSeconds(30),
        }));
        Assert.Equal($"{rule}", $"{Open().Read(reader => reader.FindProfileRule(rule.RuleId))}");
        Assert.Equal(rule.MatchTag, store.Read(reader => reader.FindProfileRule(rule.RuleId))!.MatchTag);
        var instance = store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = "VM", Session = "\u00fcbung", Profile = "sat" }));
        Assert.Equal((null, "sat", "sat", ProfileSource.Override), (instance.EffectiveProfile, instance.Profile, instance.ResolvedProfile, instance.ProfileSource));
        Assert.Equal(instance, Open().Read(reader => reader.FindInstance("vm")));
        Assert.Equal(1, store.Read(reader => reader.FindSession("\u00dcbung"))!.Instances);

        store.Write(writer => ProfileRuleCatalog.Remove(writer, rule.RuleId));
        Assert.True(store.Write(writer => ProfileRuleCatalog.Add(writer, new ProfileRuleRequest { UseProfile = "dsl", MatchName = "*" })).RuleId > rule.RuleId);
        CheckIntegrity();
    }

    [Fact]
    public void A_snapshot_tells_the_session_of_a_record_and_keeps_sessions_until_one_changes()
    {
        var store = Open();
        CreateVlan(store);
        store.Write(writer => SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10 }));
        var before = store.ReadSnapshot();
        store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = "a", Session = "training" }));
        store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = "b", VlanId = 10 }));
        var launched = store.ReadSnapshot(before);
        Assert.True(before.Of<MacSession>() == launched.Of<MacSession>());
        Assert.Equal([("a", "training"), ("b", null)], launched.Interfaces.Select(record => (record.Name, record.Session)));
        store.Write(writer => SessionCatalog.Change(writer, "training", new SessionChange { Isolation = SessionIsolation.None }));
        var changed = store.ReadSnapshot(launched);
        Assert.Equal(SessionIsolation.None, Assert.Single(changed.Of<MacSession>()).Isolation);
        Assert.Same(launched.Interfaces[0], changed.Interfaces[0]);
        store.Write(writer => VlanCatalog.Remove(writer, 10, force: true));
        Assert.Empty(store.ReadSnapshot(changed).Of<MacSession>());
        AssertSame(store.ReadSnapshot(), store.ReadSnapshot(changed));
        CheckIntegrity();
    }
}
