using MacSegmentation.Addressing;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>A provider at work whose rounds come only when they are asked for.</summary>
internal sealed class Site : IDisposable
{
    private readonly ProviderEngine engine;

    public Site(string name, IMacStore root, TimeProvider time, InMemoryStore? home = null)
    {
        Name = name;
        Home = home ?? new InMemoryStore(time, $"home of {name}");
        engine = new ProviderEngine(new ProviderEngineOptions
        {
            Name = name,
            Home = Home,
            OpenCentralStore = () => new BorrowedStore(root),
            Interval = Timeout.InfiniteTimeSpan,
            TimeProvider = time,
        });
        engine.Happened += (_, happened) =>
        {
            lock (Events)
            {
                Events.Add(happened.Kind);
            }
        };
        engine.Start();
    }

    public string Name { get; }

    public InMemoryStore Home { get; }

    public List<ProviderEventKind> Events { get; } = [];

    public ProviderStatus Status => engine.Status;

    public void Synchronize() => engine.Synchronize();

    /// <summary>What a device is answered.</summary>
    public MacAssignment Request(HandleRequest request) =>
        engine.Find(request) ?? engine.RequestAsync(request, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();

    public MacAssignment Request(string handle, int vlanId = 10) => Request(new HandleRequest { Handle = DeviceHandle.Parse(handle), VlanId = vlanId });

    public string Fails(HandleRequest request) => Assert.Throws<MacSegmentationException>(() => Request(request)).ErrorId;

    public MacHandle Release(string handle) =>
        engine.ReleaseAsync(DeviceHandle.Parse(handle), string.Empty, HandleParty.Administrator, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();

    /// <summary>The run that a device is offered.</summary>
    public MacRange Offer(string handle, int count, params SlapQuadrant[] quadrants) => Await(engine.OfferRunAsync(Run(handle, count, quadrants), TestContext.Current.CancellationToken));

    /// <summary>The run that a device is given.</summary>
    public MacRange RequestRun(string handle, int count, params SlapQuadrant[] quadrants)
    {
        var given = Await(engine.RequestRunAsync(Run(handle, count, quadrants), TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(0, given.Count).Select(place => given[0].MacAddress.Value + (ulong)place), given.Select(assignment => assignment.MacAddress.Value));
        return new MacRange(given[0].MacAddress, given[^1].MacAddress);
    }

    public IReadOnlyList<MacHandle> ReleaseRun(string handle) => Await(engine.ReleaseRunAsync(DeviceHandle.Parse(handle), HandleParty.Administrator, TestContext.Current.CancellationToken));

    private static T Await<T>(Task<T> answer) => answer.WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();

    private static RunRequest Run(string handle, int count, SlapQuadrant[] quadrants) => new() { Handle = DeviceHandle.Parse(handle), VlanId = 10, Count = count, Quadrants = quadrants };

    public MacAddress? AddressOf(string handle) => Home.Read(reader => reader.FindHandle(handle)) is { State: HandleState.Held } held ? held.MacAddress : null;

    public void Dispose() => engine.Dispose();
}
