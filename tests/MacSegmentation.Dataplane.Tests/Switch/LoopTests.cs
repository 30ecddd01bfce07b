using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.Ownership;
using MacSegmentation.Ports;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>Moves of addresses are told of, loops are suspected, and neither is told of without end.</summary>
public class LoopTests
{
    private readonly TestBridge bridge = new(
        Snapshot(
            WithPair(Record("a", 10, MacA, "10.0.0.11/24"), Shared, Virtual),
            WithPair(Record("b", 10, MacB, "10.0.0.12/24"), Shared, Virtual)),
        [PortOf("a"), PortOf("b"), new SwitchPortSettings { Adapter = "access", Vlans = [10] }, Uplink("up", 10)]);

    [Fact]
    public void A_move_is_an_event_and_a_first_frame_is_none()
    {
        bridge.Send("access", Udp(Stranger, MacA, C, A));
        Assert.Empty(bridge.TakeEvents());
        bridge.Send("up", Udp(Stranger, MacA, C, A, vlan: 10));
        var moved = Assert.Single(bridge.TakeEvents());
        Assert.Equal((EnforcerEventKind.AddressMoved, "up", "access", 10, Mac(Stranger)), (moved.Kind, moved.Port, moved.Previous, moved.VlanId, moved.SourceAddress));
        Assert.Equal(FrameTime.ToCalendar(bridge.Now), moved.Time);
        Assert.Equal($"{Stranger} in VLAN 10 moved from access to up.", moved.Message);

        // Who was silent for the ageing time is new where it comes back.
        bridge.Advance(TimeSpan.FromSeconds(301));
        bridge.Send("access", Udp(Stranger, MacA, C, A));
        Assert.Empty(bridge.TakeEvents());
    }

    [Fact]
    public void An_address_that_goes_to_and_fro_is_suspected_of_a_loop_once_in_a_while()
    {
        Flap(5);
        var events = bridge.TakeEvents();
        Assert.Equal([.. Enumerable.Repeat(EnforcerEventKind.AddressMoved, 4), EnforcerEventKind.LoopSuspected], events.Select(happened => happened.Kind));
        Assert.Equal($"{Stranger} in VLAN 10 goes to and fro between ports, now up and before access: suspect a loop, or two stations with one address.", events[^1].Message);

        Flap(1000);
        Assert.Empty(bridge.TakeEvents());

        // It is told of again when it goes on for longer.
        bridge.Advance(TimeSpan.FromSeconds(11));
        Flap(1000);
        Assert.Single(bridge.TakeEvents(), happened => happened.Kind == EnforcerEventKind.LoopSuspected);
    }

    [Fact]
    public void Moves_that_are_rare_are_told_of_one_by_one()
    {
        for (int i = 0; i < 20; i++)
        {
            bridge.Advance(TimeSpan.FromSeconds(6));
            Flap(1);
        }

        Assert.All(bridge.TakeEvents(), happened => Assert.Equal(EnforcerEventKind.AddressMoved, happened.Kind));
    }

    [Fact]
    public void Two_that_fight_for_a_shared_address_are_told_of_as_that_and_not_as_a_loop()
    {
        for (int i = 0; i < 200; i++)
        {
            bridge.Send(i % 2 == 0 ? "p-a" : "p-b", Arp(Virtual, 1, Shared, Shared));
        }

        var events = bridge.TakeEvents();
        Assert.DoesNotContain(events, happened => happened.Kind == EnforcerEventKind.LoopSuspected);
        Assert.Equal(2, events.Count(happened => happened.Kind == EnforcerEventKind.AddressOwnerFlapping));
        Assert.Contains(
            events,
            happened => string.Equals(
                happened.Message,
                $"{Shared} with {Virtual} in VLAN 10 goes to and fro between those that may hold it, now b (p-b) and before a: more than one takes itself for its holder. Look whether they reach each other.",
                StringComparison.Ordinal));
        Assert.InRange(events.Count, 4, 12);
    }

    [Fact]
    public void A_storm_in_which_everything_moves_is_told_of_within_bounds_and_for_little()
    {
        const int Addresses = 2 * FlapWatch.Capacity;
        var watch = new FlapWatch();
        var told = new List<FlapState>();
        for (int round = 0; round < 20; round++)
        {
            for (ulong address = 1; address <= Addresses; address++)
            {
                told.Add(watch.Note(10, address, round * 100_000_000));
            }
        }

        Assert.Equal(4 * FlapWatch.Capacity, told.Count(state => state == FlapState.Moved));
        Assert.Equal(FlapWatch.Capacity, told.Count(state => state == FlapState.Flapping));

        // What moves no more makes room, and is looked for once a second at most.
        Assert.Equal(FlapState.Untold, watch.Note(20, 1, FlapWatch.Window));
        Assert.Equal(FlapState.Moved, watch.Note(20, 1, FlapWatch.Window + 1_000_000_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong address = 1; address <= 100; address++)
        {
            watch.Note(30, address, FlapWatch.Window + 1_000_000_000);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private void Flap(int moves)
    {
        for (int i = 0; i <= moves; i++)
        {
            bridge.Send(i % 2 == 0 ? "access" : "up", Udp(Stranger, MacA, C, A, i % 2 == 0 ? null : 10));
        }
    }
}
