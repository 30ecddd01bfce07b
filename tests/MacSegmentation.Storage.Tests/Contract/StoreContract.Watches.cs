using MacSegmentation.Auditing;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.Watches;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    private static readonly AuditActor Watcher = new("anna", "host-1", "macseg/7");

    [Fact]
    public void Enforcers_tell_of_themselves_fall_silent_and_are_forgotten()
    {
        var time = new ManualTime();
        var store = Open(time);
        var other = Open(time);
        var before = other.ReadSnapshot();
        var told = new MacRunningEnforcer
        {
            EnforcerId = "e1", Name = "edge", HostName = "host-1", Process = "macseg/7", Kind = RunningEnforcerKind.Switch, Ports = ["eth1", "eth2"], PortCount = 2, PortsDown = 1, Revision = 3,
            TableError = "none", StartedAt = time.GetUtcNow(), SeenAt = time.GetUtcNow(), FramesIn = 10, FramesDenied = 4, SpoofRefusals = 2,
        };
        Tell(store, told with { PortsDown = 0, FramesIn = 1 });
        Tell(store, told);
        var read = Assert.Single(other.Read(reader => reader.ListRunningEnforcers()));
        Assert.Equal(told with { Ports = read.Ports }, read);
        Assert.Equal(told.Ports, read.Ports);
        time.Advance(MacRunningEnforcer.Lifetime);
        Assert.Equal(RunningEnforcerState.Silent, Assert.Single(other.Read(reader => reader.ListRunningEnforcers())).State);
        time.Advance(MacRunningEnforcer.Remembered);
        Tell(store, told with { EnforcerId = "e2", SeenAt = time.GetUtcNow() });
        Assert.Equal("e2", Assert.Single(other.Read(reader => reader.ListRunningEnforcers())).EnforcerId);
        store.Observe(observer =>
        {
            observer.DeleteRunningEnforcer("e2");
            return 0;
        });
        Assert.Empty(other.Read(reader => reader.ListRunningEnforcers()));
        Assert.Same(before, other.ReadSnapshot(before));

        static void Tell(IMacStore store, MacRunningEnforcer enforcer) => store.Observe(observer =>
        {
            observer.UpsertRunningEnforcer(enforcer);
            return 0;
        });
    }

    [Fact]
    public void One_process_holds_a_watch_until_it_lets_go_or_falls_silent()
    {
        var time = new ManualTime();
        var store = Open(time);
        var other = Open(time);
        string Hold(IMacStore by, string holder) => by.Observe(observer => EventSpool.Hold(observer, "alerts", holder, Watcher)).Holder;
        Assert.Equal("a", Hold(store, "a"));
        Assert.Equal("a", Hold(other, "b"));
        time.Advance(EventSpool.HoldTime / 2);
        Assert.Equal("a", Hold(store, "a"));
        time.Advance(EventSpool.HoldTime / 2);
        Assert.Equal("a", Hold(other, "b"));
        time.Advance(EventSpool.HoldTime / 2);
        Assert.Equal("b", Hold(other, "b"));
        Assert.Equal("b", Hold(store, "a"));
        other.Observe(observer =>
        {
            EventSpool.Release(observer, "ALERTS", "b");
            return 0;
        });
        Assert.Equal("a", Hold(store, "a"));
        Assert.Equal(("alerts", "host-1", "macseg/7"), store.Read(reader => reader.ListWatches().Select(watch => (watch.Name, watch.HostName, watch.Process)).Single()));
    }

    [Fact]
    public void What_finds_no_room_in_the_spool_is_counted_and_told_when_there_is_room()
    {
        var time = new ManualTime();
        var store = Open(time);
        var before = store.ReadSnapshot();
        Put(store, EventSpool.Capacity - 1, "known");
        var full = Put(store, 3, known: null);
        Assert.Equal((2L, 2L, (long)EventSpool.Capacity, "known"), (full.Lost, full.LostInAll, full.LastEvent, full.Known));
        var waiting = store.Read(reader => reader.ListSpooledEvents("alerts", 10));
        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), waiting.Select(spooled => spooled.Number));
        Assert.Equal(Happened(0) with { Watch = "alerts" }, waiting[0].Event);

        store.Observe(observer => EventSpool.MarkDelivered(observer, "alerts", 10));
        var after = store.Read(reader => reader.FindWatch("alerts"))!;
        Assert.Equal((0L, 2L, 10L, time.GetUtcNow()), (after.Lost, after.LostInAll, after.Delivered, after.DeliveredAt));
        Assert.Equal(EventSpool.Capacity - 9, store.Read(reader => reader.CountSpooledEvents("alerts")));
        store.Observe(observer => EventSpool.MarkDelivered(observer, "alerts", EventSpool.Capacity));
        var left = Assert.Single(store.Read(reader => reader.ListSpooledEvents("alerts", 10)));
        Assert.Equal((EventSpool.Capacity + 1L, MacStoreEvent.EventsLost), (left.Number, left.Event.Kind));
        Assert.Contains("2 events found no room", left.Event.Message, StringComparison.Ordinal);
        Assert.Same(before, store.ReadSnapshot(before));

        static MacWatch Put(IMacStore store, int count, string? known) => store.Observe(observer =>
            EventSpool.Put(observer, EventSpool.Hold(observer, "alerts", "a", Watcher), [.. Enumerable.Range(0, count).Select(Happened)], known));
        static MacStoreEvent Happened(int number) => new()
        {
            Id = $"{number:x32}", Time = new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero), Condition = "PoolUse > 80%", Subject = "VLAN 10", Message = $"No. {number}", StoreId = "s",
        };
    }
}
