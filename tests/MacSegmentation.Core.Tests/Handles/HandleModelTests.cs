using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Handles;

/// <summary>Handles against a plain list of them: every answer, every refusal, and all that is recorded.</summary>
public sealed class HandleModelTests
{
    private const ulong Lowest = 0x020000000000;

    [Fact]
    public void Every_answer_is_what_the_description_says()
    {
        var scenarios = Gen.Choose(0, int.MaxValue - 1).Select(HandleScenario.Draw);
        var met = new SortedSet<string>(StringComparer.Ordinal);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(scenarios, scenario => scenario.Shrink()), scenario => Run(scenario, met)));

        // Nothing that can be answered was left out.
        Assert.Equal(
            [
                "AddressOutside", "AddressResting", "AddressTaken", "Copied", "Existing", "HandleInOtherVlan", "HandleLive", "HandleNotFound", "HandleNotHeld", "InstanceRequired",
                "New", "PoolExhausted", "Released", "Renewed", "Replaced", "Restored", "Revoked",
            ],
            met);
    }

    private static void Run(HandleScenario scenario, SortedSet<string> met)
    {
        var time = new ManualTime();
        var store = new InMemoryStore(time);
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [Range(0, 4)], ReuseDelay = TimeSpan.FromSeconds(PlainRegistry.ReuseDelay) }));
        store.Write(writer => VlanCatalog.Create(
            writer, new MacVlan { VlanId = 20, Ranges = [Range(5, 6)], ReuseDelay = TimeSpan.FromSeconds(PlainRegistry.ReuseDelay), AdmitsOutOfPoolAddresses = true }));
        var plain = new PlainRegistry();
        foreach (var step in scenario.Steps)
        {
            string expected = plain.Take(step);
            long revision = store.ReadRevision();
            var before = store.Read(reader => reader.ListHandles());
            string actual = Take(store, time, step);
            Assert.True(string.Equals(expected, actual, StringComparison.Ordinal), $"{step}\n  expected {expected}\n  actual   {actual}");
            if (actual.Length > 0 && char.IsLetter(actual[0]))
            {
                met.Add(actual.Split(' ')[0]);
            }

            // A refusal changes nothing.
            if (actual.Length > 0 && !actual.Contains(' ', StringComparison.Ordinal) && char.IsLetter(actual[0]))
            {
                Assert.Equal(revision, store.ReadRevision());
                Assert.Equal(before, store.Read(reader => reader.ListHandles()));
            }

            CheckRecords(store, plain);
        }
    }

    private static MacRange Range(ulong first, ulong last) => new(new MacAddress(Lowest + first), new MacAddress(Lowest + last));

    private static int NumberOf(MacAddress address) => (int)(address.Value - Lowest);

    private static string Take(InMemoryStore store, ManualTime time, HandleStep step)
    {
        var handle = DeviceHandle.Parse($"h{step.Handle}");
        try
        {
            switch (step.Action)
            {
                case HandleAction.Request:
                    var request = new HandleRequest
                    {
                        Handle = handle,
                        VlanId = step.VlanId,
                        InstanceId = step.Instance,
                        Intent = step.Intent,
                        RequestedAddress = step.Wanted < 0 ? null : new MacAddress(Lowest + (ulong)step.Wanted),
                        AllowSubstitute = step.AllowSubstitute,
                    };

                    // What is found without a decision is what would be decided.
                    var found = store.Read(reader => HandleRegistry.Find(reader, request));
                    var given = store.Write(writer => HandleRegistry.Request(writer, request));
                    Assert.True(found is null || found == given || given.Outcome is not AssignmentOutcome.Existing, $"{step}: found {found}, given {given}");
                    return $"{given.Outcome} {NumberOf(given.MacAddress)}";
                case HandleAction.Release or HandleAction.Revoke:
                    var ended = store.Write(writer => step.Action is HandleAction.Release
                        ? HandleRegistry.Release(writer, handle, step.Instance)
                        : HandleRegistry.Revoke(writer, handle, "moved out", TimeSpan.FromSeconds(step.Seconds), step.Instance));
                    return $"{ended.State} {NumberOf(ended.MacAddress)}";
                case HandleAction.Allocate:
                    return $"{NumberOf(store.Write(writer => AddressPool.Allocate(writer, 10, "machine")).MacAddress)}";
                default:
                    time.Advance(TimeSpan.FromSeconds(step.Seconds));
                    return string.Empty;
            }
        }
        catch (MacSegmentationException error)
        {
            return error.ErrorId;
        }
    }

    private static void CheckRecords(InMemoryStore store, PlainRegistry plain)
    {
        var handles = store.Read(reader => reader.ListHandles());
        Assert.Equal(
            plain.Handles.Select(handle => (handle.Name, handle.IsCopy, handle.Instance, handle.VlanId, handle.Address, handle.State)).Order(),
            handles.Select(handle => (handle.Handle, handle.IsCopy, handle.InstanceId, handle.VlanId, NumberOf(handle.MacAddress), handle.State)).Order());
        Assert.Equal(
            handles.Where(handle => handle.State is HandleState.Held).Select(handle => (handle.MacAddress, handle.Handle)).Order(),
            store.Read(reader => reader.ListAllocations()).Where(allocation => allocation.Handle.Length > 0).Select(allocation => (allocation.MacAddress, allocation.Handle)));
        foreach (int vlan in (int[])[10, 20])
        {
            var pool = store.Read(reader => PoolMeter.Measure(reader, reader.FindVlan(vlan)!));
            Assert.Equal((plain.Used(vlan), plain.Free(vlan), plain.HeldDown(vlan), 0), (pool.Used, pool.Free, pool.HeldDown, pool.Delegated));
            Assert.Equal(pool.Size, pool.Used + pool.Free + pool.HeldDown + pool.Delegated);
        }
    }
}
