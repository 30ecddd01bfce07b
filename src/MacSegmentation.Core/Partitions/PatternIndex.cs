using System.Collections.Concurrent;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>
/// Which partitions name what a record's tags have in them: asked by tag, so that a record costs as much as it has tags and they have partitions, whatever the number of both in all.
/// </summary>
internal sealed class PatternIndex
{
    private readonly MacPartition[] partitions;
    private readonly Dictionary<MacTag, List<int>> byPattern = [];
    private readonly MacTag[] jsonPatterns;

    /// <summary>Partitions that name no tag, but tags that a record must lack.</summary>
    private readonly int[] withoutTags;

    /// <summary>Patterns that a JSON tag contains, kept: to find out takes a look at each pattern.</summary>
    private readonly ConcurrentDictionary<MacTag, MacTag[]> contained = new();

    public PatternIndex(MacPartition[] partitions)
    {
        this.partitions = partitions;
        for (int place = 0; place < partitions.Length; place++)
        {
            foreach (var pattern in partitions[place].Tag)
            {
                if (!byPattern.TryGetValue(pattern, out var naming))
                {
                    byPattern.Add(pattern, naming = []);
                }

                naming.Add(place);
            }
        }

        jsonPatterns = [.. byPattern.Keys.Where(pattern => pattern.Kind == TagKind.Json)];
        withoutTags = [.. Enumerable.Range(0, partitions.Length).Where(place => partitions[place].Tag.Count == 0)];
    }

    /// <summary>Places of the partitions that a record with these tags is in, ascending.</summary>
    public int[] Find(IReadOnlyList<MacTag> tags)
    {
        var found = new Dictionary<int, int>();
        foreach (var pattern in tags.SelectMany(PatternsIn).Distinct())
        {
            foreach (int place in byPattern[pattern])
            {
                found[place] = found.GetValueOrDefault(place) + 1;
            }
        }

        return
        [
            .. found
                .Where(one => partitions[one.Key].Match == PartitionMatch.Any || one.Value == partitions[one.Key].Tag.Count)
                .Select(one => one.Key)
                .Concat(withoutTags)
                .Where(place => partitions[place].NotTag.All(pattern => MacTags.Lack(tags, pattern)))
                .Order(),
        ];
    }

    private IEnumerable<MacTag> PatternsIn(MacTag tag) =>
        tag.Kind == TagKind.Json ? contained.GetOrAdd(tag, static (json, patterns) => Array.FindAll(patterns, json.Contains), jsonPatterns)
        : byPattern.ContainsKey(tag) ? [tag]
        : [];
}
