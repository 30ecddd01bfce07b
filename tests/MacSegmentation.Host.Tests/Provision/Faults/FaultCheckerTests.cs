using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Pools;

namespace MacSegmentation.Provision.Faults;

/// <summary>The checker of the fault test finds what is planted, and nothing where nothing is wrong.</summary>
public sealed class FaultCheckerTests
{
    private static readonly MacAddress One = MacAddress.Parse("02:00:00:00:00:01");
    private static readonly MacAddress Two = MacAddress.Parse("02:00:00:00:00:02");

    [Fact]
    public void What_is_right_is_not_complained_about()
    {
        // One goes to another device after it was given up; asking again and at another site changes nothing.
        DeviceEvent[] events = [Answered("a", "x", One), Answered("a", "x", One), Answered("a", "y", One), Releasing("a"), Answered("b", "x", One), Answered("a", "x", Two)];
        Assert.Empty(Check(events, [Held("b", One), Held("a", Two)]));
    }

    [Fact]
    public void A_planted_duplicate_is_found()
    {
        DeviceEvent[] events = [Answered("a", "x", One), Answered("c", "x", Two), Answered("b", "y", One)];
        var found = Check(events, [Held("a", One), Held("c", Two)]);
        Assert.Contains("02:00:00:00:00:01 was answered to b by y while a had it from x.", found);
    }

    [Fact]
    public void A_planted_duplicate_of_an_address_that_was_given_up_later_is_found()
    {
        DeviceEvent[] events = [Answered("a", "x", One), Answered("b", "y", One), Releasing("a")];
        Assert.Equal(["02:00:00:00:00:01 was answered to b by y while a had it from x."], Check(events, [Held("b", One)]));
    }

    [Fact]
    public void A_planted_second_address_is_found()
    {
        DeviceEvent[] events = [Answered("a", "x", One), Answered("a", "y", Two)];
        var found = Check(events, [Held("a", One)]);
        Assert.Contains("a was answered 02:00:00:00:00:02 by y while it had 02:00:00:00:00:01 from x.", found);

        // Unless it was told that the second does not hold.
        Assert.Empty(Check(events, [Held("a", One)], ("a", Two)));
    }

    [Fact]
    public void A_planted_lost_answer_is_found()
    {
        DeviceEvent[] events = [Answered("a", "x", One), Answered("b", "x", Two)];
        Assert.Equal(
            ["b was answered 02:00:00:00:00:02 by x, and has nothing in root.", "b was answered 02:00:00:00:00:02 by x, and has nothing in x."],
            Check(events, [Held("a", One)]));
        Assert.Equal(
            ["b was answered 02:00:00:00:00:02 by x, and has 02:00:00:00:00:02 (Released) in root.", "b was answered 02:00:00:00:00:02 by x, and has 02:00:00:00:00:02 (Released) in x."],
            Check(events, [Held("a", One), Held("b", Two) with { State = HandleState.Released }]));
    }

    [Fact]
    public void An_address_is_given_up_until_it_is_answered_again()
    {
        Assert.False(FaultChecker.IsGivenUp([Answered("a", "x", One), Releasing("b")], "a", One));
        Assert.True(FaultChecker.IsGivenUp([Answered("a", "x", One), Releasing("a"), Answered("a", "y", Two)], "a", One));
        Assert.False(FaultChecker.IsGivenUp([Answered("a", "x", One), Releasing("a"), Answered("a", "x", One)], "a", One));
    }

    [Fact]
    public void What_is_wrong_in_the_stores_is_found()
    {
        var root = new StoreView("root", [Held("a", One), Held("b", One)], [Allocated("a", One)]);
        var home = new StoreView("x", [Held("c", Two) with { IsReported = false }], [Allocated("c", Two)]);
        var other = new StoreView("y", [], [Allocated("c", Two)]);
        Assert.Equal(
            [
                "02:00:00:00:00:01 has several holders in root: a, b.",
                "c has not been told by x.",
                "02:00:00:00:00:02 is given out by several: x, y.",
                "02:00:00:00:00:02 is c's in x and nobody's in the shared store.",
                "02:00:00:00:00:02 is c's in y and nobody's in the shared store.",
            ],
            FaultChecker.Check([], root, [home, other], new HashSet<(string, MacAddress)>()));
    }

    private static DeviceEvent Answered(string handle, string site, MacAddress address) => new(handle, DeviceEventKind.Answered, site, address);

    private static DeviceEvent Releasing(string handle) => new(handle, DeviceEventKind.Releasing, "x", default);

    private static MacHandle Held(string handle, MacAddress address) => new()
    {
        HandleId = 0,
        Handle = handle,
        VlanId = 10,
        MacAddress = address,
        State = HandleState.Held,
        AssignedAt = default,
    };

    private static MacAllocation Allocated(string handle, MacAddress address) => new() { MacAddress = address, VlanId = 10, InstanceId = handle, Handle = handle, AllocatedAt = default };

    /// <summary>Checks against a shared store and a provider that have the same.</summary>
    private static IReadOnlyList<string> Check(DeviceEvent[] events, MacHandle[] handles, params (string, MacAddress)[] told)
    {
        MacAllocation[] allocations = [.. handles.Where(handle => handle.State is HandleState.Held).Select(handle => Allocated(handle.Handle, handle.MacAddress))];
        return FaultChecker.Check(events, new StoreView("root", handles, allocations), [new StoreView("x", handles, allocations)], told.ToHashSet());
    }
}
