using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Providers.Protocol;

/// <summary>A shared store, three providers and their devices, to whom the steps of a scenario happen.</summary>
internal sealed class ProtocolWorld : IDisposable
{
    public const int Sites = 3;
    private const int VlanId = 10;
    private const ulong Lowest = 0x020000000000;

    // What a device may be answered instead of an address. Anything else is a fault of the code.
    private static readonly string[] Refusals = ["HandleUndecidable", "StoreUnavailable", "PoolExhausted"];
    private static readonly string[] ReleaseRefusals = ["HandleNotFound", "HandleNotHeld", "HandleUndecidable", "StoreUnavailable"];

    private readonly ProtocolScenario scenario;
    private readonly ManualTime time = new();
    private readonly InMemoryStore root;
    private readonly ProtocolSite[] sites;
    private readonly DeviceLedger ledger = new();

    // Blocks that an administrator closed, until their provider has dropped them.
    private readonly List<(ProtocolSite Site, MacBlock Block)> closed = [];

    // What each store was after each step.
    private readonly List<(InMemoryState Root, InMemoryState[] Homes)> history = [];

    // How many rounds sites have still to have since a store was put back: one to tell what they know, and one to learn what others told.
    private readonly Dictionary<ProtocolSite, int> unsettled = [];

    public ProtocolWorld(ProtocolScenario scenario)
    {
        this.scenario = scenario;
        root = new InMemoryStore(time, "root");
        var range = new MacRange(new MacAddress(Lowest), new MacAddress(Lowest + (ulong)scenario.Addresses - 1));
        root.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = VlanId, Ranges = [range] }));
        sites = [.. Enumerable.Range(0, Sites).Select(number => new ProtocolSite($"site-{number}", root, time))];
        foreach (var site in sites)
        {
            root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = site.Name, BlockSize = scenario.BlockSize, LowWater = scenario.LowWater }));
            site.Conflict = message =>
            {
                bool isLost = ledger.Tell(message);
                Assert.False(isLost && scenario.IsUndisturbed, $"Nothing was decided without the shared store, and an answer does not hold: {message}");
            };
            site.Start();
        }
    }

    /// <summary>Has everything happen, and then lets all come to rest.</summary>
    public static void Run(ProtocolScenario scenario)
    {
        using var world = new ProtocolWorld(scenario);
        foreach (var step in scenario.Steps)
        {
            world.history.Add((world.root.BackUp(), [.. world.sites.Select(site => site.Stored.BackUp())]));
            world.Take(step);
            world.Check(step);
        }

        world.Rest();
    }

    public void Dispose()
    {
        foreach (var site in sites)
        {
            site.Dispose();
        }
    }

    private void Take(ProtocolStep step)
    {
        // No two things happen at the same time: the stores tell holdings apart by when they began.
        time.Advance(TimeSpan.FromSeconds(1));
        var site = sites[step.Site];
        switch (step.Action)
        {
            case ProtocolAction.Ask when site.IsRunning:
                Ask(site, [.. step.Devices.Select(Handle)]);
                break;
            case ProtocolAction.AskTwice when site.IsRunning:
                string impatient = Handle(step.Devices[0]);
                site.Root.BeforeChange = () => Find(site, impatient);
                Ask(site, [impatient]);
                site.Root.BeforeChange = null;
                break;
            case ProtocolAction.Release when site.IsRunning:
                Release(site, Handle(step.Devices[0]));
                break;
            case ProtocolAction.AskCentralStore:
                AskCentralStore(Handle(step.Devices[0]));
                break;
            case ProtocolAction.ReleaseInCentralStore:
                EndInCentralStore(Handle(step.Devices[0]), (writer, handle) => HandleRegistry.Release(writer, handle));
                break;
            case ProtocolAction.Revoke:
                EndInCentralStore(Handle(step.Devices[0]), (writer, handle) => HandleRegistry.Revoke(writer, handle, "moved out", TimeSpan.FromHours(step.Number)));
                break;
            case ProtocolAction.Grant:
                Try(() => root.Write(writer => BlockCatalog.Grant(writer, site.Name, VlanId, step.Number)), ["BlockTooLarge"]);
                break;
            case ProtocolAction.Recall when Pick(step.Number / 2) is { } block:
                Try(() => root.Write(writer => BlockCatalog.Recall(writer, block.BlockId, freeOnly: step.Number % 2 == 0)), ["BlockInUse"]);
                break;
            case ProtocolAction.Close when Pick(step.Number) is { } block:
                Close(block);
                break;
            case ProtocolAction.Cut:
                site.Root.IsCut = true;
                break;
            case ProtocolAction.Join:
                site.Root.IsCut = false;
                break;
            case ProtocolAction.Restart:
                Try(step.Number == 0 ? site.Kill : site.Stop, ["StoreUnavailable"]);
                Start(site);
                break;
            case ProtocolAction.Round when site.IsRunning:
                Round(site);
                break;
            case ProtocolAction.FailCentralStore:
                site.Root.Fault = new StoreFault(step.Number / 2, step.Number % 2 == 1);
                break;
            case ProtocolAction.FailReplica:
                site.Home.Fault = new StoreFault(step.Number / 2, step.Number % 2 == 1);
                break;
            case ProtocolAction.RestoreCentralStore:
                root.Restore(Before(step.Number).Root);
                Unsettle();
                break;
            case ProtocolAction.RestoreReplica:
                site.Kill();
                site.Stored.Restore(Before(step.Number).Homes[step.Site]);
                Unsettle();
                Start(site);
                break;
            case ProtocolAction.Wait:
                time.Advance(TimeSpan.FromHours(step.Number));
                break;
            default:
                break;
        }
    }

    private (InMemoryState Root, InMemoryState[] Homes) Before(int steps) => history[Math.Max(0, history.Count - steps)];

    /// <summary>Starting is a round if it reaches the shared store.</summary>
    private void Start(ProtocolSite site)
    {
        if (Try(site.Start, ["StoreUnavailable", "RootUnreachable"]) && site.IsSynchronized)
        {
            Settle(site);
        }
    }

    private void Settle(ProtocolSite site)
    {
        if (unsettled.TryGetValue(site, out int rounds))
        {
            unsettled[site] = rounds - 1;
        }
    }

    /// <summary>
    /// A store was put back: what holds is seen when every site has had a round. An answer that no store knows any more is nobody's promise; nor is an ending.
    /// </summary>
    private void Unsettle()
    {
        Array.ForEach(sites, site => unsettled[site] = 2);
        ledger.Forget([.. sites.Select(site => site.Name)]);
        ledger.Excuse(answer => !sites.Select(site => site.Stored).Append(root).Any(store =>
            store.Read(reader => reader.FindHandleByAddress(answer.Address)) is { } holder && string.Equals(holder.Handle, answer.Handle, StringComparison.Ordinal)));
    }

    private static string Handle(int device) => $"h{device}";

    private static HandleRequest For(string handle) => new() { Handle = DeviceHandle.Parse(handle), VlanId = VlanId };

    /// <summary>Does something that may be refused, for reasons that are known.</summary>
    private static bool Try(Action action, string[] refusals)
    {
        try
        {
            action();
            return true;
        }
        catch (MacSegmentationException error) when (refusals.Contains(error.ErrorId, StringComparer.Ordinal))
        {
            return false;
        }
    }

    private MacBlock? Pick(int place)
    {
        var open = root.Read(reader => reader.ListBlocks()).Where(block => block.State is not BlockState.Closed).ToList();
        return open.Count == 0 ? null : open[place % open.Count];
    }

    private void Ask(ProtocolSite site, string[] handles)
    {
        Array.ForEach(handles, ledger.Ask);
        string[] waiting = [.. handles.Where(handle => !Find(site, handle))];
        foreach (var (handle, (address, error)) in waiting.Zip(site.Ask([.. waiting.Select(For)])))
        {
            if (address is { } given)
            {
                Answer(site, handle, given);
            }
            else
            {
                Assert.True(Refusals.Contains(error!.ErrorId, StringComparer.Ordinal), $"{error.ErrorId}: {error.Message}");
            }
        }
    }

    private bool Find(ProtocolSite site, string handle)
    {
        MacAddress? found = null;
        Try(() => found = site.Find(For(handle)), Refusals);
        if (found is { } address)
        {
            Answer(site, handle, address);
        }

        return found is not null;
    }

    private void Answer(ProtocolSite site, string handle, MacAddress address)
    {
        // Out of a block that was closed, and without the shared store: the administrator answers for that.
        if (!IsOfClosed(site, address) || IsHeldBy(handle, address))
        {
            ledger.Answer(handle, address, site.Name);
        }
    }

    private void Release(ProtocolSite site, string handle)
    {
        // What another site did alone meanwhile may be told later, and have the handle hold its address again.
        bool isAlone = !ledger.IsUnaware(handle, site.Name) && sites.All(other => other == site || other.Stored.Read(reader => reader.FindHandle(handle)) is null or { IsReported: true });
        var had = sites.Select(other => other.Stored).Append(root)
            .Select(store => store.Read(reader => reader.FindHandle(handle)))
            .Where(record => record is { State: HandleState.Held })
            .Select(record => record!.MacAddress)
            .Distinct()
            .Count();
        try
        {
            site.Release(DeviceHandle.Parse(handle));
            if (isAlone && had == 1)
            {
                ledger.Release(handle);
            }
        }
        catch (MacSegmentationException error) when (ReleaseRefusals.Contains(error.ErrorId, StringComparer.Ordinal))
        {
            // Told that a store is out of reach, the device cannot know whether it has the address: the answer may be what was lost.
            if (error.ErrorId is not ("StoreUnavailable" or "HandleUndecidable"))
            {
                return;
            }
        }

        ledger.End(handle, sites.Where(other => other != site || site.Stored.Read(reader => reader.FindHandle(handle)) is { State: HandleState.Held }).Select(other => other.Name));
        if (root.Read(reader => reader.FindHandle(handle)) is { State: HandleState.Held })
        {
            ledger.EndUntold(handle, site.Name);
        }
    }

    private void AskCentralStore(string handle)
    {
        ledger.Ask(handle);
        Try(() => ledger.Answer(handle, root.Write(writer => HandleRegistry.Request(writer, For(handle))).MacAddress, DeviceLedger.Root), ["PoolExhausted"]);
    }

    private void EndInCentralStore(string handle, Func<IStoreWriter, DeviceHandle, MacHandle> end)
    {
        if (Try(() => root.Write(writer => end(writer, DeviceHandle.Parse(handle))), ["HandleNotFound", "HandleNotHeld"]))
        {
            ledger.End(handle, sites.Select(site => site.Name));
        }
    }

    private bool IsHeldBy(string handle, MacAddress address) =>
        string.Equals(root.Read(reader => reader.FindHandleByAddress(address))?.Handle, handle, StringComparison.Ordinal);

    private void Close(MacBlock block)
    {
        root.Write(writer => BlockCatalog.Close(writer, block.BlockId));
        closed.Add((sites.Single(site => string.Equals(site.Name, block.Provider, StringComparison.Ordinal)), block));
        ledger.Excuse(answer => block.Range.Contains(answer.Address) && !IsHeldBy(answer.Handle, answer.Address));
    }

    private void Round(ProtocolSite site)
    {
        bool isDone = false;
        Try(() => isDone = site.Synchronize(), ["StoreUnavailable"]);
        if (isDone)
        {
            Settle(site);
            ledger.Inform(site.Name);
        }
    }

    /// <summary>True if a site has not heard yet that the block of an address was closed.</summary>
    private bool IsOfClosed(ProtocolSite site, MacAddress address)
    {
        closed.RemoveAll(one => !one.Site.Stored.Read(reader => reader.ListBlocks()).Any(known =>
            known.Range.Overlaps(one.Block.Range) && root.Read(reader => reader.FindBlock(known.BlockId)) is null or { State: BlockState.Closed }));
        return closed.Any(one => one.Site == site && one.Block.Range.Contains(address));
    }

    private void Check(ProtocolStep step)
    {
        try
        {
            ledger.Excuse(IsToBeReported);
            CheckNow();
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            throw new InvalidOperationException($"After {step}: {error.Message}", error);
        }
    }

    private void CheckNow()
    {
        var invariants = Invariants();
        invariants.CheckStores();
        if (unsettled.Values.All(rounds => rounds <= 0))
        {
            invariants.CheckAlways();
        }
    }

    /// <summary>True if a device will be told, when it asks next, that an address does not hold. The event that tells it at once can be lost with a commit's answer; this cannot.</summary>
    private bool IsToBeReported((string Handle, MacAddress Address) answer) => sites.Any(site => site.Stored.Read(reader => reader.FindHandle(answer.Handle)) is { } record
        && (record.Notice.StartsWith($"{answer.Address} was given", StringComparison.Ordinal)
            || (record is { State: HandleState.Revoked, Provider.Length: 0, HeldDownUntil: null } && record.MacAddress == answer.Address)));

    private ProtocolInvariants Invariants() => new(root, sites, VlanId, ledger, IsOfClosed);

    /// <summary>Everything works again, and every site has two rounds: then all agree.</summary>
    private void Rest()
    {
        foreach (var site in sites)
        {
            site.Root.IsCut = false;
            site.Root.Fault = null;
            site.Home.Fault = null;
            if (!site.IsRunning)
            {
                site.Start();
            }
        }

        for (int round = 0; round < 2; round++)
        {
            foreach (var site in sites)
            {
                Assert.True(site.Synchronize(), "The shared store is there, and a round does not reach it.");
                Settle(site);
                ledger.Inform(site.Name);
                ledger.Excuse(IsToBeReported);
                CheckNow();
            }
        }

        Invariants().CheckAtRest();
    }
}
