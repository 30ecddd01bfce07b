using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.Watching;

namespace MacSegmentation.Watches;

public sealed class WatchEvaluatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_condition_is_told_once_when_it_becomes_true_and_again_only_after_it_was_false() => Property.Holds(
        Gen.Choose(0, 100).ArrayOf(),
        uses =>
        {
            var evaluator = new WatchEvaluator([WatchCondition.Parse("PoolUse > 80%")]);
            int told = uses.Select((use, index) => evaluator.Look(At(index) with { Pools = [Pool(10, use, 100)] }).Count).Sum();
            int rising = uses.Where((use, index) => use > 80 && (index == 0 || uses[index - 1] <= 80)).Count();
            Assert.Equal(rising, told);
        });

    [Theory]
    [InlineData("PoolUse > 80%", 801, true)]
    [InlineData("PoolUse > 80%", 800, false)]
    [InlineData("PoolUse >= 81%", 809, false)]
    [InlineData("PoolUse < 80%", 799, true)]
    [InlineData("PoolUse <= 80%", 801, false)]
    public void A_share_between_two_whole_per_cent_is_above_the_lower_one(string condition, long used, bool isMet) =>
        Assert.Equal(isMet, new WatchEvaluator([WatchCondition.Parse(condition)]).Look(At(0) with { Pools = [Pool(10, used, 1000)] }).Count == 1);

    [Fact]
    public void Each_VLAN_is_told_of_its_own()
    {
        var evaluator = new WatchEvaluator([WatchCondition.Parse("PoolUse >= 50%")]);
        Assert.Equal(["VLAN 10 (cams)"], evaluator.Look(At(0) with { Pools = [Pool(10, 5, 10), Pool(20, 4, 10)] }).Select(happened => happened.Subject));
        var second = Assert.Single(evaluator.Look(At(1) with { Pools = [Pool(10, 6, 10), Pool(20, 5, 10)] }));
        Assert.Equal("VLAN 20 (cams): PoolUse 50%. 5 of 10 addresses are used, 5 free.", second.Message);
    }

    [Fact]
    public void Denials_are_counted_over_all_enforcers_within_the_time()
    {
        var evaluator = new WatchEvaluator([WatchCondition.Parse("Denials > 100 within 2s")]);
        Assert.Empty(evaluator.Look(At(0, Enforcer("a", 0, 5000), Enforcer("b", 0, 7000))));
        Assert.Empty(evaluator.Look(At(1, Enforcer("a", 1, 5060), Enforcer("b", 1, 7040))));
        Assert.Equal("Denials 101 within 2s.", Assert.Single(evaluator.Look(At(2, Enforcer("a", 2, 5061), Enforcer("b", 2, 7040)))).Message);
        Assert.Empty(evaluator.Look(At(3, Enforcer("a", 3, 5162), Enforcer("b", 3, 7040))));
        Assert.Empty(evaluator.Look(At(6, Enforcer("a", 6, 5162), Enforcer("b", 6, 7040))));
        Assert.Equal(0, evaluator.MetCount);

        // One that came since is counted from its start.
        Assert.Single(evaluator.Look(At(7, Enforcer("a", 7, 5162), Enforcer("c", 7, 400, startedAt: 6))));
    }

    [Fact]
    public void An_enforcer_that_ends_or_falls_silent_is_told_once_and_one_that_was_silent_before_is_not()
    {
        var evaluator = new WatchEvaluator([WatchCondition.Parse("EnforcerStopped")]);
        Assert.Empty(evaluator.Look(At(100, Enforcer("old", 0, 0), Enforcer("a", 100, 0), Enforcer("b", 100, 0))));
        var ended = Assert.Single(evaluator.Look(At(101, Enforcer("old", 0, 0), Enforcer("a", 101, 0))));
        Assert.Equal("Enforcer 'b' (macseg/7 on host-1): EnforcerStopped. It has ended.", ended.Message);
        Assert.Empty(evaluator.Look(At(105, Enforcer("old", 0, 0), Enforcer("a", 101, 0))));
        Assert.Contains("silent since", Assert.Single(evaluator.Look(At(112, Enforcer("old", 0, 0), Enforcer("a", 101, 0)))).Message, StringComparison.Ordinal);
        Assert.Empty(evaluator.Look(At(113, Enforcer("a", 101, 0))));

        // It lives again, and is forgotten when it ends.
        Assert.Empty(evaluator.Look(At(114, Enforcer("a", 114, 0))));
        Assert.Single(evaluator.Look(At(115)));
        Assert.Empty(evaluator.Look(At(116)));
        Assert.True(evaluator.Memory!.IsSame(WatchMemory.Empty));
    }

    [Fact]
    public void What_is_known_goes_to_the_process_that_takes_over()
    {
        var conditions = new[] { WatchCondition.Parse("EnforcerStopped"), WatchCondition.Parse("PoolUse > 80%") };
        var first = new WatchEvaluator(conditions);
        Assert.Single(first.Look(At(0, Enforcer("a", 0, 0)) with { Pools = [Pool(10, 9, 10)] }));
        var next = new WatchEvaluator(conditions, WatchMemory.Read(first.Memory!.Write()));
        Assert.Equal("EnforcerStopped", Assert.Single(next.Look(At(60) with { Pools = [Pool(10, 9, 10)] })).Condition);
        Assert.Null(WatchMemory.Read("{}"));
        Assert.Null(WatchMemory.Read("no JSON"));
    }

    [Fact]
    public void A_store_that_is_away_is_told_and_nothing_else_changes_meanwhile()
    {
        var evaluator = new WatchEvaluator([WatchCondition.Parse("StoreUnreachable"), WatchCondition.Parse("EnforcerStopped")]);
        var away = new WatchFacts { Time = Start, StoreError = "The server is gone." };
        Assert.Equal("StoreUnreachable. The server is gone.", Assert.Single(evaluator.Look(away)).Message);
        Assert.Empty(evaluator.Look(away));
        Assert.Empty(evaluator.Look(At(1, Enforcer("a", 1, 0))));
        Assert.Equal("StoreUnreachable", Assert.Single(evaluator.Look(away)).Condition);
        Assert.Equal("EnforcerStopped", Assert.Single(evaluator.Look(At(30))).Condition);
    }

    [Fact]
    public void Ports_tables_and_providers_can_be_asked_about()
    {
        var evaluator = new WatchEvaluator([.. new[] { "PortsDown > 0", "TableFailed", "ProviderSilence > 1m", "Enforcers < 2", "Changes >= 5 within 10s" }.Select(WatchCondition.Parse)]);
        var providers = new[] { new MacProvider { Name = "site-a", SeenAt = Start }, new MacProvider { Name = "never" } };
        Assert.Equal(["Enforcers < 2"], evaluator.Look(At(1, Enforcer("a", 1, 0)) with { Providers = providers, Revision = 10 }).Select(happened => happened.Condition));
        var told = evaluator.Look(At(61, Enforcer("a", 61, 0) with { PortsDown = 2, TableError = "No memory." }) with { Providers = providers, Revision = 15 });
        Assert.Equal(["PortsDown > 0", "TableFailed", "ProviderSilence > 1m", "Changes >= 5 within 10s"], told.Select(happened => happened.Condition));
    }

    [Theory]
    [InlineData("PoolUse > 80% and EnforcerStopped", "one of each VLAN")]
    [InlineData("EnforcerStopped > 1", "expected 'and', 'or' or the end")]
    [InlineData("Denials > 1", "expected 'within'")]
    [InlineData("Pool > 80%", "expected PoolUse, Denials")]
    public void What_cannot_be_watched_is_refused(string text, string reason)
    {
        var error = Assert.Throws<MacSegmentationException>(() => WatchCondition.Parse(text));
        Assert.Equal("InvalidCondition", error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static WatchFacts At(int second, params MacRunningEnforcer[] enforcers) =>
        new() { Time = Start.AddSeconds(second), StoreId = "s", Enforcers = [.. enforcers.Select(enforcer => enforcer.At(Start.AddSeconds(second)))] };

    private static MacPool Pool(int vlanId, long used, long size) => new() { VlanId = vlanId, Name = "cams", Size = size, Used = used, Free = size - used, HeldDown = 0, LargestFreeRun = size - used };

    private static MacRunningEnforcer Enforcer(string id, int seenAt, long denied, int startedAt = -1000) => new()
    {
        EnforcerId = id, Name = id, HostName = "host-1", Process = "macseg/7", StartedAt = Start.AddSeconds(startedAt), SeenAt = Start.AddSeconds(seenAt), FramesDenied = denied,
    };
}
