using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>Does in the shared store what applications ask for, and refuses those that go back and forth.</summary>
/// <param name="open">Opens the store, at the first feedback, and anew after it could not be used.</param>
/// <param name="time">The clock.</param>
internal sealed class FeedbackDesk(Func<IMacStore> open, TimeProvider time) : IDisposable
{
    /// <summary>Held while the store is written. Requests wait for it without a thread.</summary>
#pragma warning disable CA2213 // A request that is under way as this ends still releases it; it has nothing of the system's.
    private readonly SemaphoreSlim turn = new(1);
#pragma warning restore CA2213
    private readonly long startedAt = time.GetTimestamp();
    private readonly Dictionary<string, ProfileHistory> histories = new(StringComparer.OrdinalIgnoreCase);
    private IMacStore? store;
    private bool isEnded;

    /// <summary>Does what is asked for; one request at a time.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="client">Who asks.</param>
    /// <exception cref="MacSegmentationException">As <see cref="InstanceFeedback.Apply"/>; InstanceNotFound also where the client may not use the VLAN; FeedbackFights.</exception>
    public async Task<FeedbackAnswer> ApplyAsync(string instance, FeedbackRequest request, MacProviderClient client)
    {
        await turn.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(isEnded, this);
            return await Task.Run(() => Apply(instance, request, client));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ends it, after what is under way.</summary>
    public void Dispose()
    {
        turn.Wait();
        isEnded = true;
        store?.Dispose();
        store = null;
        turn.Release();
    }

    /// <summary>By a clock that nobody sets.</summary>
    private DateTimeOffset Now => DateTimeOffset.UnixEpoch + time.GetElapsedTime(startedAt);

    private FeedbackAnswer Apply(string instance, FeedbackRequest request, MacProviderClient client)
    {
        try
        {
            store ??= open();
            var answer = store.Write(writer => Apply(writer, instance, request, client));
            if (answer.IsChanged)
            {
                HistoryOf(answer.Instance).Add(Now, answer.Profile);
            }

            return answer;
        }
        catch (MacSegmentationException error) when (error.EndsTransaction)
        {
            // The next request finds it back, or opens what is in its place.
            store?.Dispose();
            store = null;
            throw;
        }
    }

    private FeedbackAnswer Apply(IStoreWriter writer, string instance, FeedbackRequest request, MacProviderClient client)
    {
        if (InstanceCatalog.Get(writer, instance) is var found && !client.MayUse(found.VlanId))
        {
            throw new MacSegmentationException("InstanceNotFound", MacErrorKind.NotFound, $"Instance '{instance}' does not exist in the VLANs that this client may use.", instance);
        }

        bool isNew = !string.Equals(found.EffectiveProfile, request.Profile, StringComparison.OrdinalIgnoreCase);
        if (isNew && HistoryOf(found.Name).Ends(Now, request.Profile))
        {
            throw new MacSegmentationException(
                "FeedbackFights",
                MacErrorKind.InvalidOperation,
                $"Instance '{found.Name}' would go back and forth between profiles for the third time within a minute, now to '{request.Profile}'. Ask again when a minute has passed, and less often.",
                found.Name);
        }

        return InstanceFeedback.Apply(writer, found.Name, request, client.Name);
    }

    /// <summary>What feedback changed of an instance within the last minute. What is over takes no memory.</summary>
    private ProfileHistory HistoryOf(string instance)
    {
        var now = Now;
        foreach (string over in histories.Where(history => history.Value.IsOver(now)).Select(history => history.Key).ToArray())
        {
            histories.Remove(over);
        }

        if (!histories.TryGetValue(instance, out var history))
        {
            histories.Add(instance, history = new ProfileHistory());
        }

        return history;
    }
}
