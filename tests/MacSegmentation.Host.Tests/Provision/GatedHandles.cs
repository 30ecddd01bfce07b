using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.ProviderRuntime;

namespace MacSegmentation.Provision;

/// <summary>Decides nothing before its gate is opened, and says when somebody waits there.</summary>
internal sealed class GatedHandles(IHandleService inner) : IHandleService
{
    private readonly SemaphoreSlim arrivals = new(0);
    private readonly SemaphoreSlim gate = new(0);

    public bool IsReady { get; set; } = true;

    /// <summary>Thrown instead of an answer, if there is one.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Number of decisions that were asked for.</summary>
    public int Asked;

    public Task AwaitArrivalAsync() => arrivals.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets all pass, from now on.</summary>
    public void Open() => gate.Release(1_000_000);

    /// <summary>Lets so many pass.</summary>
    public void Admit(int count) => gate.Release(count);

    public MacAssignment? Find(HandleRequest request) => inner.Find(request);

    public async Task<MacAssignment> RequestAsync(HandleRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Asked);
        if (Failure is { } failure)
        {
            throw failure;
        }

        arrivals.Release();
        await gate.WaitAsync(CancellationToken.None);
        return await inner.RequestAsync(request, cancellationToken);
    }

    public Task<MacRange> OfferRunAsync(RunRequest request, CancellationToken cancellationToken) => inner.OfferRunAsync(request, cancellationToken);

    public async Task<IReadOnlyList<MacAssignment>> RequestRunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Asked);
        if (Failure is { } failure)
        {
            throw failure;
        }

        arrivals.Release();
        await gate.WaitAsync(CancellationToken.None);
        return await inner.RequestRunAsync(request, cancellationToken);
    }

    public Task<IReadOnlyList<MacHandle>> ReleaseRunAsync(DeviceHandle handle, HandleParty party, CancellationToken cancellationToken) => inner.ReleaseRunAsync(handle, party, cancellationToken);

    public MacHandle? FindHandle(DeviceHandle handle, string instanceId, HandleParty party) => inner.FindHandle(handle, instanceId, party);

    public Task<MacHandle> ReleaseAsync(DeviceHandle handle, string instanceId, HandleParty party, CancellationToken cancellationToken) => inner.ReleaseAsync(handle, instanceId, party, cancellationToken);

    public IReadOnlyList<MacPool> ListPools() => inner.ListPools();

    public MacProviderClient? FindClient(ReadOnlySpan<byte> digest) => inner.FindClient(digest);

    public MacProviderClient? FindClient(string name) => inner.FindClient(name);
}
