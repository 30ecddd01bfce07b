using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Configuration;
using MacSegmentation.Errors;
using MacSegmentation.PolicyExport;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <summary>What is disabled or has expired stays in the list and matches nothing.</summary>
public sealed class PolicyLifeTests
{
    private static readonly DateTimeOffset Start = new ManualTime().GetUtcNow();
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public PolicyLifeTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, DefaultAction = PolicyAction.Allow }));
    }

    [Fact]
    public void A_table_decides_like_the_walk_at_any_time_and_says_how_long() => Property.Holds(
        from count in Gen.Choose(0, 12)
        from matches in Gen.Zip(Generators.CrowdedPattern, Generators.CrowdedPattern).ArrayOf(count)
        from ends in Gen.Choose(-1, 5).ArrayOf(count)
        from disabled in Gen.Choose(0, 4).ArrayOf(count)
        from times in Gen.Choose(0, 6).ArrayOf(6)
        from frames in Gen.Zip(Generators.CrowdedAddress, Generators.CrowdedAddress).ArrayOf(20)
        select (list: matches.Select((match, i) => Policy(i + 1) with
        {
            SourceAddress = match.Item1,
            DestinationAddress = match.Item2,
            Disabled = disabled[i] == 0,
            ExpiresAt = ends[i] < 0 ? null : Start.AddSeconds(ends[i]),
        }).ToArray(), times, frames),
        given =>
        {
            var list = new VlanPolicies(10, PolicyAction.Allow, given.list);
            var snapshot = new ConfigurationSnapshot(1, [list]);
            var table = DecisionTable.Compile(snapshot, time: Start);
            foreach (int seconds in given.times)
            {
                var at = Start.AddSeconds(seconds);
                bool holds = table.HoldsAt(at);
                var next = table.At(at);
                Assert.Equal(holds, ReferenceEquals(next, table));
                Assert.True(next.NextExpiry is null || next.NextExpiry > at);
                Assert.True(next.LastExpiry is null || next.LastExpiry <= at);
                foreach (var (source, destination) in given.frames)
                {
                    int walked = list.FindByWalk(source, destination, at);
                    Assert.Equal(walked, next.Decide(10, source.Value, destination.Value).PolicyIndex);
                    if (holds)
                    {
                        Assert.Equal(walked, table.Decide(10, source.Value, destination.Value).PolicyIndex);
                    }
                }

                table = next;
            }
        });

    [Fact]
    public void An_end_is_in_the_future_and_kept_in_whole_microseconds()
    {
        Assert.Contains("has passed already", Fails("PolicyExpiryPassed", w => PolicyList.Add(w, Policy(0) with { ExpiresAt = time.GetUtcNow() })).Message, StringComparison.Ordinal);
        var end = time.GetUtcNow().AddTicks(10_000_007).ToOffset(TimeSpan.FromHours(2));
        var policy = store.Write(w => PolicyList.Add(w, Policy(0) with { ExpiresAt = end })).Policy;
        Assert.Equal((time.GetUtcNow().AddSeconds(1), TimeSpan.Zero), (policy.ExpiresAt!.Value, policy.ExpiresAt.Value.Offset));
        time.Advance(TimeSpan.FromSeconds(2));

        // What has expired can be changed in all else, and be put in force again.
        Assert.Equal("why", store.Write(w => PolicyList.Change(w, policy.PolicyId, new PolicyChange { Description = "why", ExpiresAt = policy.ExpiresAt })).Description);
        Fails("PolicyExpiryPassed", w => PolicyList.Change(w, policy.PolicyId, new PolicyChange { ExpiresAt = time.GetUtcNow() }));
        Assert.Null(store.Write(w => PolicyList.Change(w, policy.PolicyId, new PolicyChange { NeverExpires = true })).ExpiresAt);
    }

    [Fact]
    public void The_same_policy_is_refused_in_whatever_state_it_is_and_the_way_out_is_named()
    {
        var policy = store.Write(w => PolicyList.Add(w, Policy(0) with { Disabled = true })).Policy;
        Assert.Contains($"Set-MacPolicy -PolicyId {policy.PolicyId} -Disabled:$false", Fails("PolicyExists", w => PolicyList.Add(w, Policy(0))).Message, StringComparison.Ordinal);
        Fails("PolicyExists", w => PolicyList.Add(w, Policy(0) with { Disabled = true }, PolicyPlace.First));
        store.Write(w => PolicyList.Change(w, policy.PolicyId, new PolicyChange { Disabled = false, ExpiresAt = time.GetUtcNow().AddSeconds(1) }));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("-NoExpiry", Fails("PolicyExists", w => PolicyList.Add(w, Policy(0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_is_short_and_plain()
    {
        Fails("InvalidPolicyDescription", w => PolicyList.Add(w, Policy(0) with { Description = new string('x', 257) }));
        Fails("InvalidPolicyDescription", w => PolicyList.Add(w, Policy(0) with { Description = "a\nb" }));
        Assert.Equal(256, store.Write(w => PolicyList.Add(w, Policy(0) with { Description = new string('x', 256) })).Policy.Description.Length);
    }

    [Fact]
    public void A_test_says_what_would_have_decided()
    {
        var off = store.Write(w => PolicyList.Add(w, Policy(0) with { Disabled = true })).Policy;
        var table = DecisionTable.Compile(store.ReadSnapshot(), time: time.GetUtcNow());
        string explanation = MacPolicyTest.Run(table, 10, MacAddress.Parse("02:00:00:00:00:01"), MacAddress.Broadcast).Explanation;
        Assert.Contains("No policy of VLAN 10 matches", explanation, StringComparison.Ordinal);
        Assert.Contains($"A disabled policy would have decided: {off.Order}", explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("would have", MacPolicyTest.Run(table, 10, MacAddress.Parse("06:00:00:00:00:01"), MacAddress.Broadcast).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_leaves_out_what_is_not_in_force_and_says_what_will_not_be()
    {
        store.Write(w => PolicyList.Add(w, Policy(0) with { Disabled = true }));
        store.Write(w => PolicyList.Add(w, Policy(0) with { SourceAddress = MacPattern.Parse("02:00:00:00:00:02"), ExpiresAt = time.GetUtcNow().AddSeconds(1) }));
        store.Write(w => PolicyList.Add(w, Policy(0) with { SourceAddress = MacPattern.Parse("02:00:00:00:00:03"), ExpiresAt = time.GetUtcNow().AddHours(1) }));
        time.Advance(TimeSpan.FromSeconds(1));
        var export = store.Read(r => PolicyExporter.Export(r, new PolicyExportRequest { Format = PolicyExportFormat.Nftables }));
        Assert.DoesNotContain("02:00:00:00:00:02", export.Text, StringComparison.Ordinal);
        Assert.Contains("02:00:00:00:00:03", export.Text, StringComparison.Ordinal);
        Assert.Contains(export.Limits, limit => limit.Contains("with order 30 of VLAN 10 expires 2026-01-01 01:00:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public void A_document_brings_back_what_a_store_holds_the_expired_too()
    {
        store.Write(w => PolicyList.Add(w, Policy(0) with { Disabled = true, Description = "CHG-4711" }));
        store.Write(w => PolicyList.Add(w, Policy(0) with { SourceAddress = MacPattern.Parse("02:00:00:00:00:02"), ExpiresAt = time.GetUtcNow().AddTicks(15_000_010) }));
        time.Advance(TimeSpan.FromDays(1));
        string json = store.Read(StoreConfiguration.Read).ToJson();
        var document = MacConfiguration.Parse(System.Text.Encoding.UTF8.GetBytes(json), "test.json");
        var copy = new InMemoryStore(time);
        ConfigurationPlan.Apply(copy, document);
        Assert.Equal(store.Read(r => r.ListPolicies()), copy.Read(r => r.ListPolicies()));
        Assert.Equal(json, copy.Read(StoreConfiguration.Read).ToJson());
        Assert.Empty(ConfigurationPlan.Preview(store, document));
        string noOffset = json.Replace("00:00:01.500001Z", "00:00:01", StringComparison.Ordinal);
        Assert.Contains("offset from UTC", Assert.Throws<MacSegmentationException>(() => MacConfiguration.Parse(System.Text.Encoding.UTF8.GetBytes(noOffset), "test.json")).Message, StringComparison.Ordinal);
    }

    private static MacPolicy Policy(int order) => new()
    {
        VlanId = 10,
        Order = order,
        SourceAddress = MacPattern.Parse("02:00:00:00:00:01"),
        DestinationAddress = MacPattern.Any,
        Action = PolicyAction.Deny,
    };

    private MacSegmentationException Fails<T>(string errorId, Func<IStoreWriter, T> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(() => store.Write(change));
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}
