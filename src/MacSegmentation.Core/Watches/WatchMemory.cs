using System.Collections.Immutable;
using System.Text.Json;

namespace MacSegmentation.Watches;

/// <summary>What a watch knows from one look to the next, and takes over from the process that looked before: what holds and was told, and which enforcers ran.</summary>
/// <param name="Met">Conditions that hold, each with what it holds of.</param>
/// <param name="Enforcers">The enforcers that ran, by their id, in words.</param>
public sealed record WatchMemory(ImmutableHashSet<(string Condition, string Key)> Met, ImmutableSortedDictionary<string, string> Enforcers)
{
    /// <summary>What is known before the first look.</summary>
    public static WatchMemory Empty { get; } = new([], ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>True if two know the same.</summary>
    public bool IsSame(WatchMemory other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Met.SetEquals(other.Met) && Enforcers.SequenceEqual(other.Enforcers);
    }

    /// <summary>Writes it down.</summary>
    public string Write() => JsonSerializer.Serialize(new Written([.. Met.Select(met => new[] { met.Condition, met.Key }).OrderBy(met => string.Join('\n', met), StringComparer.Ordinal)], new Dictionary<string, string>(Enforcers, StringComparer.Ordinal)));

    /// <summary>Reads what <see cref="Write"/> wrote; null if it is not that.</summary>
    public static WatchMemory? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Written>(text) is { Met: { } met, Enforcers: { } enforcers }
                ? new WatchMemory([.. met.Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]))], enforcers.ToImmutableSortedDictionary(StringComparer.Ordinal))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Written(string[][] Met, Dictionary<string, string> Enforcers);
}
