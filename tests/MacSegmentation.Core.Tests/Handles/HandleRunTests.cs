using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Handles;

public sealed class HandleRunTests
{
    private readonly InMemoryStore store = new(new ManualTime());

    public HandleRunTests() => store.Write(writer => VlanCatalog.Create(writer, new MacVlan
    {
        VlanId = 10,
        Ranges = [MacRange.Parse("02:00:00:00:00:00/44"), MacRange.Parse("0a:00:00:00:00:00/44"), MacRange.Parse("0e:00:00:00:00:00/45")],
    }));

    [Fact]
    public void Addresses_follow_each_other_and_come_again()
    {
        Assert.Equal(["02:00:00:00:00:00"], Request("a", 1));
        Assert.Equal(["02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"], Request("b", 3));
        long revision = store.ReadRevision();
        Assert.Equal(["02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"], Request("b", 8));
        Assert.Equal(revision, store.ReadRevision());
        Assert.Equal(["b", "b/1", "b/2"], store.Read(reader => HandleRun.ListHeld(reader, DeviceHandle.Parse("b"), 10)).Select(record => record.Handle));
    }

    [Fact]
    public void A_run_that_was_given_up_comes_back_whole()
    {
        var before = Request("a", 4);
        Assert.Equal(4, store.Write(writer => HandleRun.Release(writer, DeviceHandle.Parse("a"))).Count);
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
        Request("other", 2);
        Assert.Equal(before, Request("a", 4));
        Assert.Equal("HandleNotFound", Fails(writer => HandleRun.Release(writer, DeviceHandle.Parse("c"))));
    }

    [Fact]
    public void More_than_the_former_run_is_another_run()
    {
        Request("a", 2);
        Request("b", 1);
        store.Write(writer => HandleRun.Release(writer, DeviceHandle.Parse("a")));
        Assert.Equal(["02:00:00:00:00:03", "02:00:00:00:00:04", "02:00:00:00:00:05"], Request("a", 3));
    }

    [Fact]
    public void Where_no_such_run_is_left_the_longest_is_given()
    {
        Request("a", 10);
        Assert.Equal(16, Request("b", 100).Count);
        Assert.Equal(8, Request("c", 100).Count);
        Assert.Equal(6, Request("d", 100).Count);
        Assert.Equal("PoolExhausted", Fails(writer => HandleRun.Request(writer, For("e", 1))));
    }

    [Theory]
    [InlineData("ELI", "0a:00:00:00:00:00")]
    [InlineData("SAI", "0e:00:00:00:00:00")]
    [InlineData("Reserved,SAI,ELI", "0e:00:00:00:00:00")]
    [InlineData("AAI", "02:00:00:00:00:00")]
    public void The_best_quadrant_that_has_one_gives_it(string quadrants, string address) => Assert.Equal([address], Request("a", 1, quadrants));

    [Fact]
    public void A_run_of_a_better_quadrant_goes_before_a_shorter_one()
    {
        Assert.Equal("PoolExhausted", Fails(writer => HandleRun.Request(writer, For("a", 1, "Reserved"))));
        Assert.Equal("0a:00:00:00:00:00", Request("a", 12, "SAI,ELI")[0]);
        Assert.Equal(8, Request("b", 12, "SAI").Count);
    }

    [Fact]
    public void What_is_asked_for_is_given_where_it_is_free()
    {
        Assert.Equal("02:00:00:00:00:05", Request("a", 2, wanted: "02:00:00:00:00:05")[0]);
        Assert.Equal("02:00:00:00:00:00", Request("b", 2, wanted: "02:00:00:00:00:06")[0]);
        Assert.Equal("02:00:00:00:00:02", Request("c", 2, wanted: "44:00:00:00:00:06")[0]);
    }

    [Fact]
    public void A_run_of_which_an_administrator_took_a_part_is_what_is_left_of_it()
    {
        var before = Request("a", 4);
        store.Write(writer => HandleRegistry.Revoke(writer, DeviceHandle.Parse("a/2"), "test", TimeSpan.FromHours(1)));
        Assert.Equal(before.Take(2), Request("a", 4));
        store.Write(writer => HandleRegistry.Revoke(writer, DeviceHandle.Parse("a"), "test", TimeSpan.FromHours(1)));

        // What is held down is kept for the one who had it last.
        Assert.Equal(before, Request("a", 4));
    }

    [Fact]
    public void What_is_in_another_VLAN_is_refused()
    {
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 20, Ranges = [MacRange.Parse("06:00:00:00:00:00/44")] }));
        Request("a", 2);
        long revision = store.ReadRevision();
        Assert.Equal("HandleInOtherVlan", Fails(writer => HandleRun.Request(writer, For("a", 2) with { VlanId = 20 })));
        Assert.Equal("InvalidRunLength", Fails(writer => HandleRun.Request(writer, For("z", 257))));
        Assert.Equal("InvalidRunLength", Fails(writer => HandleRun.Request(writer, For("z", 0))));
        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void What_is_offered_is_given() => Property.Holds(Gen.Choose(1, 20).Select(count => (Name: (char)('a' + (count % 7)), Count: count)).Two().ListOf(), steps =>
    {
        var other = new InMemoryStore(new ManualTime());
        other.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/42")] }));
        foreach (var (step, (name, _)) in steps)
        {
            if (step.Count % 5 == 0)
            {
                try
                {
                    other.Write(writer => HandleRun.Release(writer, DeviceHandle.Parse($"{name}")));
                }
                catch (MacSegmentationException error)
                {
                    Assert.True(error.ErrorId is "HandleNotFound" or "HandleNotHeld", error.ErrorId);
                }

                continue;
            }

            var request = For($"{step.Name}", step.Count);
            MacRange offer;
            try
            {
                offer = other.Read(reader => HandleRun.Offer(reader, request));
            }
            catch (MacSegmentationException error)
            {
                Assert.Equal("PoolExhausted", error.ErrorId);
                continue;
            }

            var given = other.Write(writer => HandleRun.Request(writer, request));
            Assert.Equal(Enumerable.Range(0, (int)offer.Count).Select(place => offer.First.Value + (ulong)place), given.Select(assignment => assignment.MacAddress.Value));
            Assert.Equal(other.Read(reader => reader.ListHandles()).Where(handle => handle.State is HandleState.Held).Select(handle => handle.MacAddress).Order(), other.Read(reader => reader.ListAllocations()).Select(allocation => allocation.MacAddress));
        }
    });

    private static RunRequest For(string handle, int count, string quadrants = "", string? wanted = null) => new()
    {
        Handle = DeviceHandle.Parse(handle),
        VlanId = 10,
        Count = count,
        Quadrants = [.. quadrants.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<SlapQuadrant>)],
        RequestedAddress = wanted is null ? null : MacAddress.Parse(wanted),
    };

    private List<string> Request(string handle, int count, string quadrants = "", string? wanted = null) =>
        [.. store.Write(writer => HandleRun.Request(writer, For(handle, count, quadrants, wanted))).Select(assignment => $"{assignment.MacAddress}")];

    private string Fails<T>(Func<IStoreWriter, T> change) => Assert.Throws<MacSegmentationException>(() => store.Write(change)).ErrorId;
}
