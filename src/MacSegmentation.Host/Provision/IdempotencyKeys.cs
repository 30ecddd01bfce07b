using MacSegmentation.Clients;

namespace MacSegmentation.Provision;

/// <summary>
/// Gives a request that comes again under the same Idempotency-Key (draft-ietf-httpapi-idempotency-key-header) the same answer. Kept in memory, for a time
/// and in a number that are bounded: a handle's request is idempotent by itself, so that what is lost is whether its first answer was 200 or 201.
/// </summary>
/// <param name="limits">How many, and how long.</param>
/// <param name="time">The clock.</param>
internal sealed class IdempotencyKeys(ServiceLimits limits, TimeProvider time)
{
    private const int MaxKeyLength = 255;

    private readonly Dictionary<(long ClientId, string Key), Entry> entries = [];
    private readonly Queue<Entry> byAge = new();
    private readonly Lock access = new();

    /// <summary>Number of answers that are kept.</summary>
    public int Count
    {
        get
        {
            lock (access)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>The key of a header field, a structured string (RFC 9651 section 3.3.3) or, as many clients send it, a bare text.</summary>
    /// <param name="field">The field's value.</param>
    /// <exception cref="ServiceError">IdempotencyKeyInvalid.</exception>
    public static string Parse(string field)
    {
        string key = field is ['"', .., '"'] ? field[1..^1] : field;
        return key.Length is > 0 and <= MaxKeyLength
            ? key
            : throw new ServiceError(400, "IdempotencyKeyInvalid", $"An idempotency key has 1 to {MaxKeyLength} characters, and this has {key.Length}. Send a new UUID for each request, and the same one with its repetitions.");
    }

    /// <summary>The answer of the first request under a key, which is waited for if it is still being made.</summary>
    /// <param name="client">Whose key it is.</param>
    /// <param name="key">The key.</param>
    /// <param name="fingerprint">What is asked: equal for equal requests.</param>
    /// <param name="answer">Answers the request.</param>
    /// <exception cref="ServiceError">IdempotencyKeyReused: the key came with another request before.</exception>
    public async Task<ServiceAnswer> AnswerOnce(MacProviderClient client, string key, string fingerprint, Func<Task<ServiceAnswer>> answer)
    {
        var made = new Entry((client.ClientId, key), fingerprint, time.GetTimestamp());
        var entry = Enter(made);
        if (!string.Equals(entry.Fingerprint, fingerprint, StringComparison.Ordinal))
        {
            throw new ServiceError(422, "IdempotencyKeyReused", "This idempotency key came with another request before. Send a new key with each new request.");
        }

        if (!ReferenceEquals(entry, made))
        {
            // What nobody decided then may be decided now.
            return await entry.Answer.Task ?? await AnswerOnce(client, key, fingerprint, answer);
        }

        ServiceAnswer? decided = null;
        try
        {
            var given = await answer();
            decided = IsDecision(given) ? given : null;
            return given;
        }
        finally
        {
            if (decided is null)
            {
                Forget(made);
            }

            made.Answer.SetResult(decided);
        }
    }

    /// <summary>True if the same request must not be answered otherwise when it comes again: it was carried out, or refused by the rules.</summary>
    private static bool IsDecision(ServiceAnswer answer) => answer.Status is >= 200 and < 300 or 404 or 409;

    private Entry Enter(Entry made)
    {
        lock (access)
        {
            ForgetWhile(oldest => time.GetElapsedTime(oldest.MadeAt) >= limits.KeyLifetime);
            if (entries.TryGetValue(made.Key, out var known))
            {
                return known;
            }

            ForgetWhile(_ => byAge.Count >= limits.Keys);
            entries.Add(made.Key, made);
            byAge.Enqueue(made);
            return made;
        }
    }

    private void ForgetWhile(Func<Entry, bool> isTooMuch)
    {
        while (byAge.TryPeek(out var oldest) && isTooMuch(oldest))
        {
            byAge.Dequeue();
            Remove(oldest);
        }
    }

    private void Forget(Entry made)
    {
        lock (access)
        {
            Remove(made);
        }
    }

    private void Remove(Entry entry)
    {
        // The key may have a newer entry by now, if this one was forgotten before.
        if (entries.TryGetValue(entry.Key, out var present) && ReferenceEquals(present, entry))
        {
            entries.Remove(entry.Key);
        }
    }

    private sealed record Entry((long ClientId, string Key) Key, string Fingerprint, long MadeAt)
    {
        public TaskCompletionSource<ServiceAnswer?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
