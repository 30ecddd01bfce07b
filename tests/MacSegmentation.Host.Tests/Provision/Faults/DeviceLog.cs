using MacSegmentation.Addressing;

namespace MacSegmentation.Provision.Faults;

/// <summary>What devices saw and did, in sequence, and how many requests they made; from any thread.</summary>
/// <param name="limit">How many requests they are to make.</param>
internal sealed class DeviceLog(int limit)
{
    private readonly Lock changing = new();
    private readonly List<DeviceEvent> events = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];
    private readonly List<(string? Handle, string What)> story = [];
    private int requests;

    /// <summary>True once all requests were made.</summary>
    public bool IsDone => Volatile.Read(ref requests) >= limit;

    public int Requests => Volatile.Read(ref requests);

    public IReadOnlyList<DeviceEvent> Events
    {
        get
        {
            lock (changing)
            {
                return [.. events];
            }
        }
    }

    public void Answer(string handle, string site, MacAddress address) => Add(new DeviceEvent(handle, DeviceEventKind.Answered, site, address));

    public void Release(string handle, string site) => Add(new DeviceEvent(handle, DeviceEventKind.Releasing, site, default));

    /// <summary>What happened to a device, and to all, in sequence.</summary>
    /// <param name="handle">The handle that it shows.</param>
    public IReadOnlyList<string> Story(string handle)
    {
        lock (changing)
        {
            return [.. story.Where(one => one.Handle is null || string.Equals(one.Handle, handle, StringComparison.Ordinal)).Select(one => one.What)];
        }
    }

    /// <summary>Writes down what happened.</summary>
    /// <param name="what">What.</param>
    /// <param name="handle">To which device; null for all.</param>
    public void Tell(string what, string? handle = null)
    {
        lock (changing)
        {
            story.Add((handle, what));
        }
    }

    /// <summary>Counts a request.</summary>
    public void Count()
    {
        lock (changing)
        {
            requests++;
            foreach (var one in waiting.FindAll(one => one.Count <= requests))
            {
                waiting.Remove(one);
                one.Reached.SetResult();
            }
        }
    }

    /// <summary>Waits for more requests to be made, or all.</summary>
    /// <param name="more">How many.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task AdvanceAsync(int more, CancellationToken cancellationToken)
    {
        lock (changing)
        {
            int count = Math.Min(requests + more, limit);
            if (count <= requests)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    private void Add(DeviceEvent seen)
    {
        lock (changing)
        {
            events.Add(seen);
        }
    }
}
