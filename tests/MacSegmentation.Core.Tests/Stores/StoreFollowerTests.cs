using MacSegmentation.Policies;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores;

public sealed class StoreFollowerTests : IDisposable, ITableListener
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;
    private readonly StoreFollower follower;
    private readonly List<string> heard = [];
    private Action? onTable;

    public StoreFollowerTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, DefaultAction = PolicyAction.Deny }));
        follower = new StoreFollower(store, PolicyAction.Drop, time);
    }

    public void Dispose() => follower.Dispose();

    void ITableListener.OnTableChanged(ConfigurationSnapshot snapshot, DecisionTable table) 
    {
        heard.Add($"revision {table.Revision}, VLAN 10 {table.Decide(10, 1, 2).Action}, unknown {table.Decide(11, 1, 2).Action}");
        onTable?.Invoke();
    }

    void ITableListener.OnStoreLost(Exception error) => heard.Add($"lost: {error.Message}");

    void ITableListener.OnStoreBack() => heard.Add("back");

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
}
