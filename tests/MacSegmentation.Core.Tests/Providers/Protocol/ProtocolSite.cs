using MacSegmentation.Addressing;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers.Protocol;

/// <summary>A provider without threads: it does what it is told to, when it is told to.</summary>
internal sealed class ProtocolSite : IDisposable
{
    private readonly TimeProvider time;
    private ProviderEngine? engine;

    public ProtocolSite(string name, IMacStore root, TimeProvider time)
    {
        this.time = time;
        Name = name;
        Root = new FaultyStore(root);
        Stored = new InMemoryStore(time, $"home of {name}");
        Home = new FaultyStore(Stored);
    }

    /// <summary>Tells of what was given out and does not hold.</summary>
    public Action<string>? Conflict { get; set; }

    public string Name { get; }

    public FaultyStore Root { get; }

    public FaultyStore Home { get; }

    /// <summary>The home itself, which never fails.</summary>
    public InMemoryStore Stored { get; }

    public bool IsRunning => engine is not null;

    /// <summary>True if it reached the shared store when it last tried.</summary>
    public bool IsSynchronized => engine?.Status.IsCentralStoreReachable == true;

    public void Start()
    {
        var started = new ProviderEngine(new ProviderEngineOptions
        {
            Name = Name,
            Home = Home,
            OpenCentralStore = () => new BorrowedStore(Root),
            Interval = Timeout.InfiniteTimeSpan,
            TimeProvider = time,
        });
        started.Happened += (_, happened) =>
        {
            if (happened.Kind is ProviderEventKind.Conflict)
            {
                Conflict?.Invoke(happened.Message);
            }
        };
        try
        {
            started.Begin();
            engine = started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    public void Stop()
    {
        engine?.Dispose();
        engine = null;
    }

    /// <summary>Ends without a word to anyone.</summary>
    public void Kill() => engine = null;

    /// <summary>One round; true if both know what the other did.</summary>
    public bool Synchronize()
    {
        engine!.Synchronize();
        return engine.Status.IsCentralStoreReachable;
    }

    /// <summary>What a device is answered at once, if it is.</summary>
    public MacAddress? Find(HandleRequest request) => engine!.Find(request)?.MacAddress;

    /// <summary>What each is answered, or why it is not.</summary>
    public IReadOnlyList<(MacAddress? Address, MacSegmentationException? Error)> Ask(IReadOnlyList<HandleRequest> requests)
    {
        var waiting = requests.Select(request => engine!.RequestAsync(request, TestContext.Current.CancellationToken)).ToList();
        engine!.DecideWaiting();
        return [.. waiting.Select(AnswerOf)];
    }

    public void Release(DeviceHandle handle)
    {
        var released = engine!.ReleaseAsync(handle, string.Empty, HandleParty.Administrator, TestContext.Current.CancellationToken);
        engine.DecideWaiting();
        released.GetAwaiter().GetResult();
    }

    public void Dispose() => Stop();

    private static (MacAddress? Address, MacSegmentationException? Error) AnswerOf(Task<MacAssignment> answer)
    {
        try
        {
            // It was decided: all that is waited for is the task's own continuation.
            return (answer.WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult().MacAddress, null);
        }
        catch (MacSegmentationException error)
        {
            return (null, error);
        }
    }
}
