using System.Diagnostics;
using MacSegmentation.Pools;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void A_change_that_is_told_to_stop_before_its_commit_has_not_happened()
    {
        var store = Open();
        CreateVlan(store);
        using var stopping = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => store.WriteStoppable(
            writer =>
            {
                var allocation = AddressPool.Allocate(writer, 10, "vm-1");
                stopping.Cancel();
                return allocation;
            },
            stopping.Token));
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
        Assert.Equal(1, store.ReadRevision());

        // The store goes on as if nothing had been.
        Assert.Equal("vm-2", store.Write(writer => AddressPool.Allocate(writer, 10, "vm-2")).InstanceId);
    }

    [Fact]
    public void A_query_that_is_told_to_stop_ends_and_the_store_goes_on()
    {
        var store = Open();
        CreateVlan(store);
        using var stopping = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => store.ReadStoppable(
            reader =>
            {
                int before = reader.ListVlans().Count;
                stopping.Cancel();
                return before + reader.ListVlans().Count;
            },
            stopping.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => store.ReadStoppable(reader => reader.ListVlans(), stopping.Token));
        Assert.Single(store.Read(reader => reader.ListVlans()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_waits_for_another_writer_stops_at_once_when_told_to(bool isSameStore)
    {
        var store = Open();
        CreateVlan(store);
        var waiting = isSameStore ? store : Open(busyTimeout: TimeSpan.FromMinutes(5));
        using var isHeld = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var cancellation = TestContext.Current.CancellationToken;
        var holder = Task.Run(
            () => store.Write(writer =>
            {
                var allocation = AddressPool.Allocate(writer, 10, "holder");
                isHeld.Set();
                goOn.Wait(cancellation);
                return allocation;
            }),
            cancellation);
        isHeld.Wait(cancellation);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stopping.CancelAfter(TimeSpan.FromMilliseconds(100));
        long start = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(
            () => waiting.WriteStoppable(writer => AddressPool.Allocate(writer, 10, "late"), stopping.Token), cancellation));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(4), $"{Stopwatch.GetElapsedTime(start)}");
        goOn.Set();
        await holder;
        Assert.Equal(["holder"], store.Read(reader => reader.ListAllocations()).Select(allocation => allocation.InstanceId));
    }
}
