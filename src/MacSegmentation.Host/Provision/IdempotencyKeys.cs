using MacSegmentation.Clients;

namespace MacSegmentation.Provision;

/// <summary>
/// Gives a request that comes again under the same Idempotency-Key (draft-ietf-httpapi-idempotency-key-header) the same answer. Kept in memory, for a time
/// and in a number of each client that are bounded: a handle's request is idempotent by itself, so that what is lost is whether its first answer was 200 or 201.
/// </summary>
/// <param name="limits">How many, and how long.</param>
/// <param name="time">The clock.</param>
internal sealed class IdempotencyKeys(ServiceLimits limits, TimeProvider time)
{
    private const int MaxKeyLength = 255;

    private readonly Dictionary<long, KeysOfClient> clients = [];
    private readonly Lock access = new();
    private long sweptAt = time.GetTimestamp();

    /// <summary>Number of answers that are kept.</summary>
    public int Count
    {
        get
        {
            lock (access)
            {
                return clients.Values.Sum(client => client.Entries.Count);
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
        var made = new Entry(client.ClientId, key, fingerprint, time.GetTimestamp());
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
            Sweep();
            if (!clients.TryGetValue(made.ClientId, out var client))
            {
                clients.Add(made.ClientId, client = new KeysOfClient());
            }

            client.ForgetWhile(IsOver);
            if (client.Entries.TryGetValue(made.Key, out var known))
            {
                return known;
            }

            client.ForgetWhile(_ => client.ByAge.Count >= limits.Keys);
            client.Entries.Add(made.Key, made);
            client.ByAge.Enqueue(made);
            return made;
        }
    }

    /// <summary>Forgets what is over of clients that do not come again, now and then.</summary>
    private void Sweep()
    {
        if (time.GetElapsedTime(sweptAt) < limits.KeyLifetime)
        {
            return;
        }

        sweptAt = time.GetTimestamp();
        foreach (var (clientId, client) in clients.ToArray())
        {
            client.ForgetWhile(IsOver);
            if (client.ByAge.Count == 0)
            {
                clients.Remove(clientId);
            }
        }
    }

    private bool IsOver(Entry entry) => time.GetElapsedTime(entry.MadeAt) >= limits.KeyLifetime;

    private void Forget(Entry made)
    {
        lock (access)
        {
            if (clients.TryGetValue(made.ClientId, out var client))
            {
                client.Remove(made);
            }
        }
    }

    /// <summary>The keys of one client: what another one sends pushes none of them out.</summary>
    private sealed class KeysOfClient
    {
        public Dictionary<string, Entry> Entries { get; } = new(StringComparer.Ordinal);

        public Queue<Entry> ByAge { get; } = new();

        public void ForgetWhile(Func<Entry, bool> isTooMuch)
        {
            while (ByAge.TryPeek(out var oldest) && isTooMuch(oldest))
            {
                ByAge.Dequeue();
                Remove(oldest);
            }
        }

        public void Remove(Entry entry)
        {
            // The key may have a newer entry by now, if this one was forgotten before.
            if (Entries.TryGetValue(entry.Key, out var present) && ReferenceEquals(present, entry))
            {
                Entries.Remove(entry.Key);
            }
        }
    }

    private sealed record Entry(long ClientId, string Key, string Fingerprint, long MadeAt)
    {
        public TaskCompletionSource<ServiceAnswer?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
