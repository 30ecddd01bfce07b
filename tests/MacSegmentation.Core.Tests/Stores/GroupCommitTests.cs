using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores;

public sealed class GroupCommitTests
{
    private readonly InMemoryStore store = new(new ManualTime());

    public GroupCommitTests() =>
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/46")] }));

    [Fact]
    public void A_failed_item_hinders_no_other_and_the_group_is_one_revision()
    {
        var outcomes = store.WriteEach(["a", "", "b"], (w, id) => AddressPool.Allocate(w, 10, id));
        Assert.Equal(["02:00:00:00:00:00", null, "02:00:00:00:00:01"], outcomes.Select(o => o.Result?.MacAddress.ToString()));
        Assert.Equal([null, "InvalidInstanceId", null], outcomes.Select(o => o.Error?.ErrorId));
        Assert.Equal(2, store.ReadRevision());
    }

    [Fact]
    public void On_request_the_group_ends_at_its_first_error_and_keeps_what_was_before_it()
    {
        var outcomes = store.WriteEach(["a", "", "b"], (w, id) => AddressPool.Allocate(w, 10, id), stopAtFirstError: true);
        Assert.Equal([null, "InvalidInstanceId"], outcomes.Select(o => o.Error?.ErrorId));
        Assert.Equal(["a"], store.Read(r => r.ListAllocations()).Select(a => a.InstanceId));
    }

    [Fact]
    public void What_must_hold_for_all_items_is_asked_once_in_each_transaction_that_is_tried()
    {
        // What is so in a transaction that is rolled back need not be so in the next.
        int asked = 0;
        store.RetriesNext = true;
        var refused = new MacSegmentationException("StoreOfProvider", MacErrorKind.InvalidOperation, "The store is a provider's own by now.");
        var outcomes = store.WriteGroup(
            ["a", "b"],
            _ =>
            {
                if (++asked > 1)
                {
                    throw refused;
                }
            },
            (w, id) => AddressPool.Allocate(w, 10, id),
            stopAtFirstError: false,
            TestContext.Current.CancellationToken);
        Assert.Equal(2, asked);
        Assert.Equal([refused, refused], outcomes.Select(o => o.Error));
        Assert.Empty(store.Read(r => r.ListAllocations()));
    }

    [Fact]
    public void A_group_that_is_told_to_stop_changes_nothing()
    {
        using var stopping = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => store.WriteGroup(
            ["a", "b", "c"],
            _ => { },
            (w, id) =>
            {
                if (string.Equals(id, "b", StringComparison.Ordinal))
                {
                    stopping.Cancel();
                }

                return AddressPool.Allocate(w, 10, id);
            },
            stopAtFirstError: false,
            stopping.Token));
        Assert.Empty(store.Read(r => r.ListAllocations()));
    }

    [Fact]
    public void An_error_of_the_store_itself_ends_the_group_and_changes_nothing()
    {
        var lost = new MacSegmentationException("StoreUnavailable", MacErrorKind.Unavailable, "gone") { EndsTransaction = true };
        var thrown = Assert.Throws<MacSegmentationException>(() => store.WriteEach(
            ["a", "b"], (w, id) => string.Equals(id, "b", StringComparison.Ordinal) ? throw lost : AddressPool.Allocate(w, 10, id)));
        Assert.Same(lost, thrown);
        Assert.Empty(store.Read(r => r.ListAllocations()));
    }
}
