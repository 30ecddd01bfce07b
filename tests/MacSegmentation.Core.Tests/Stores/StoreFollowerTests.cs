using MacSegmentation.Following;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores;

public sealed class StoreFollowerTests : IDisposable, ITableListener
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;
    private readonly StoreFollower follower;
    private Action? onPrepare;
    private Action? onCommit;
    private readonly List<string> heard = [];
    private Action? onTable;

    public StoreFollowerTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, DefaultAction = PolicyAction.Deny }));
        follower = new StoreFollower(store, PolicyAction.Drop, time);
    }

    public void Dispose() => follower.Dispose();

    Action ITableListener.Prepare(ConfigurationSnapshot snapshot, DecisionTable table)
    {
        onPrepare?.Invoke();
        return () =>
        {
            onCommit?.Invoke();
            heard.Add($"revision {table.Revision}, VLAN 10 {table.Decide(10, 1, 2).Action}, unknown {table.Decide(11, 1, 2).Action}");
            onTable?.Invoke();
        };
    }

    void ITableListener.OnTableFailed(Exception error) => heard.Add($"failed: {error.Message}");

    void ITableListener.OnStoreLost(Exception error) => heard.Add($"lost: {error.Message}");

    void ITableListener.OnStoreBack() => heard.Add("back");

    void ITableListener.OnStoreReplaced() => heard.Add("replaced");

    [Fact]
    public void The_first_table_is_there_before_it_starts() =>
        Assert.Equal((1L, PolicyAction.Deny), (follower.Table.Revision, follower.Table.Decide(10, 1, 2).Action));

    [Fact]
    public void A_change_comes_with_the_next_round_and_only_once()
    {
        follower.Start(this);
        time.Advance(store.PollingInterval);
        Assert.Empty(heard);
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Allow }));
        time.Advance(store.PollingInterval);
        time.Advance(store.PollingInterval);
        Assert.Equal(["revision 2, VLAN 10 Allow, unknown Drop"], heard);
        Assert.True(store.PollingInterval < TimeSpan.FromMilliseconds(50), "A change must reach an enforcer within 100 ms.");
    }

    [Fact]
    public void A_store_that_cannot_be_read_leaves_the_table_in_force_and_is_reported_once()
    {
        follower.Start(this);
        var before = follower.Table;
        store.Failure = new IOException("the disk is gone");
        time.Advance(store.PollingInterval);
        time.Advance(store.PollingInterval);
        Assert.Same(before, follower.Table);
        store.Failure = null;
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Allow }));
        time.Advance(store.PollingInterval);
        Assert.Equal(["lost: the disk is gone", "back", "revision 2, VLAN 10 Allow, unknown Drop"], heard);
    }

    [Fact]
    public void What_expires_leaves_the_table_at_its_time_also_while_the_store_is_away()
    {
        AddExpiring(TimeSpan.FromSeconds(10));
        follower.Start(this);
        time.Advance(store.PollingInterval);
        Assert.Equal(PolicyAction.Allow, follower.Table.Decide(10, 1, 2).Action);
        store.Failure = new IOException("the disk is gone");
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(PolicyAction.Allow, follower.Table.Decide(10, 1, 2).Action);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PolicyAction.Deny, follower.Table.Decide(10, 1, 2).Action);
        Assert.Equal(["revision 2, VLAN 10 Allow, unknown Drop", "lost: the disk is gone", "revision 2, VLAN 10 Deny, unknown Drop"], heard);
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(3, heard.Count);
    }

    [Fact]
    public void A_table_that_takes_long_is_compiled_before_its_time_and_in_force_at_it()
    {
        AddExpiring(TimeSpan.FromSeconds(10));
        int prepared = 0;
        onPrepare = () =>
        {
            prepared++;
            time.SetUtcNow(time.GetUtcNow().AddSeconds(1));
        };
        follower.Start(this);
        time.Advance(store.PollingInterval);
        var end = follower.Table.NextExpiry!.Value;
        time.Advance(end - time.GetUtcNow() - TimeSpan.FromSeconds(2));
        Assert.Equal((2, 1), (prepared, heard.Count));
        time.Advance(end - time.GetUtcNow());
        Assert.Equal(2, prepared);
        Assert.Equal("revision 2, VLAN 10 Deny, unknown Drop", heard[^1]);
    }

    [Fact]
    public void What_was_compiled_beforehand_is_dropped_when_the_store_changes()
    {
        AddExpiring(TimeSpan.FromSeconds(10));
        onPrepare = () => time.SetUtcNow(time.GetUtcNow().AddSeconds(1));
        follower.Start(this);
        time.Advance(store.PollingInterval);
        var end = follower.Table.NextExpiry!.Value;
        time.Advance(end - time.GetUtcNow() - TimeSpan.FromSeconds(2));
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Drop }));
        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("revision 3, VLAN 10 Drop, unknown Drop", heard[^1]);
        Assert.Equal(3, follower.Table.Revision);
    }

    [Fact]
    public void A_clock_that_is_set_expires_and_brings_back()
    {
        AddExpiring(TimeSpan.FromSeconds(10));
        follower.Start(this);
        time.Advance(store.PollingInterval);
        var before = time.GetUtcNow();
        time.SetUtcNow(before.AddMinutes(1));
        time.Advance(store.PollingInterval);
        Assert.Equal(PolicyAction.Deny, follower.Table.Decide(10, 1, 2).Action);
        time.SetUtcNow(before);
        time.Advance(TimeSpan.FromMinutes(1));
        time.SetUtcNow(before);
        time.Advance(store.PollingInterval);
        Assert.Equal(PolicyAction.Deny, follower.Table.Decide(10, 1, 2).Action);
    }

    [Fact]
    public void An_expiry_that_cannot_be_put_in_force_is_tried_again()
    {
        AddExpiring(TimeSpan.FromSeconds(10));
        follower.Start(this);
        time.Advance(store.PollingInterval);
        int failures = 2;
        onPrepare = () =>
        {
            if (failures-- > 0)
            {
                throw new InvalidOperationException("no room");
            }
        };
        time.Advance(TimeSpan.FromSeconds(10));
        for (int i = 0; i < 10; i++)
        {
            time.Advance(store.PollingInterval);
        }

        Assert.Equal(["revision 2, VLAN 10 Allow, unknown Drop", "failed: no room", "revision 2, VLAN 10 Deny, unknown Drop"], heard);
    }

    private void AddExpiring(TimeSpan after) => store.Write(w => PolicyList.Add(w, new MacPolicy
    {
        VlanId = 10,
        Order = 10,
        SourceAddress = Addressing.MacPattern.Any,
        DestinationAddress = Addressing.MacPattern.Any,
        Action = PolicyAction.Allow,
        ExpiresAt = time.GetUtcNow() + after,
    }));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_store_that_was_replaced_is_read_anew_and_told_of_whatever_its_revision(int changes)
    {
        follower.Start(this);
        var other = new InMemoryStore(time);
        for (int change = 0; change < changes; change++)
        {
            other.Write(w => change == 0 ? VlanCatalog.Create(w, new MacVlan { VlanId = 10 }) : VlanCatalog.Change(w, 10, new VlanChange { Name = $"{change}" }));
        }

        store.Restore(other);
        time.Advance(store.PollingInterval);
        time.Advance(store.PollingInterval);
        Assert.Equal([$"revision {changes}, VLAN 10 Allow, unknown Drop", "replaced"], heard);
    }

    [Fact]
    public void What_the_store_notices_comes_without_waiting_for_the_next_round()
    {
        follower.Start(this);
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Allow }));
        store.Notice();
        time.Advance(TimeSpan.Zero);
        Assert.Equal(["revision 2, VLAN 10 Allow, unknown Drop"], heard);

        // A notice without a change is nothing to tell of.
        store.Notice();
        time.Advance(TimeSpan.Zero);
        Assert.Single(heard);
    }

    [Fact]
    public void What_is_noticed_while_a_round_is_under_way_is_not_forgotten()
    {
        follower.Start(this);
        onTable = () =>
        {
            onTable = null;
            store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Drop }));
            store.Notice();
        };
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Allow }));
        store.Notice();
        time.Advance(TimeSpan.Zero);
        time.Advance(TimeSpan.Zero);
        Assert.Equal(["revision 2, VLAN 10 Allow, unknown Drop", "revision 3, VLAN 10 Drop, unknown Drop"], heard);
    }

    [Fact]
    public void After_it_is_disposed_nothing_is_heard()
    {
        follower.Start(this);
        follower.Dispose();
        store.Write(w => VlanCatalog.Remove(w, 10, force: false));
        store.Notice();
        time.Advance(store.PollingInterval);
        Assert.Empty(heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_table_that_fails_is_told_of_once_and_tried_again_until_it_is_in_force(bool atCommit)
    {
        int tries = 0;
        void Fail() => throw new InvalidOperationException($"no room, try {++tries}");
        onPrepare = atCommit ? null : Fail;
        onCommit = atCommit ? Fail : null;
        follower.Start(this);
        var before = follower.Table;
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Allow }));
        for (int round = 0; round < 100; round++)
        {
            time.Advance(store.PollingInterval);
        }

        // Fewer and fewer tries, but never the last one; and what is not in force is not shown as if it were.
        Assert.InRange(tries, 3, 12);
        Assert.Equal(["failed: no room, try 1"], heard);
        Assert.Same(before, follower.Table);
        (onPrepare, onCommit) = (null, null);
        time.Advance(TimeSpan.FromSeconds(5));
        time.Advance(store.PollingInterval);
        Assert.Equal(["failed: no room, try 1", "revision 2, VLAN 10 Allow, unknown Drop"], heard);
        Assert.Equal(2, follower.Table.Revision);
    }

    [Fact]
    public void The_next_change_is_tried_at_once_after_one_that_failed()
    {
        onPrepare = () => throw new InvalidOperationException("no room");
        follower.Start(this);
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Allow }));
        for (int round = 0; round < 20; round++)
        {
            time.Advance(store.PollingInterval);
        }

        onPrepare = null;
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Drop }));
        time.Advance(store.PollingInterval);
        Assert.Equal(["failed: no room", "revision 3, VLAN 10 Drop, unknown Drop"], heard);
    }

    [Fact]
    public async Task To_end_it_waits_for_no_table_that_is_being_compiled()
    {
        using var compiling = new ManualResetEventSlim();
        using var finish = new ManualResetEventSlim();
        onPrepare = () =>
        {
            compiling.Set();
            finish.Wait(TestContext.Current.CancellationToken);
        };
        follower.Start(this);
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { DefaultAction = PolicyAction.Allow }));
        var round = Task.Run(() => time.Advance(store.PollingInterval), TestContext.Current.CancellationToken);
        compiling.Wait(TestContext.Current.CancellationToken);
        follower.Dispose();
        finish.Set();
        await round;
        Assert.Empty(heard);
    }
}
