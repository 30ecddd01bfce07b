using System.Collections.Concurrent;
using System.Text.Json;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>
/// Which partitions name what a record's tags have in them: asked by tag, so that a record costs as much as it has tags and they have partitions, whatever the number of both in all.
/// </summary>
internal sealed class PatternIndex
{
    private readonly MacPartition[] partitions;
    private readonly Dictionary<MacTag, List<int>> byPattern = [];

    /// <summary>JSON patterns, read once: each is asked of each JSON tag.</summary>
    private readonly (MacTag Tag, JsonElement Json)[] patterns;

    /// <summary>JSON patterns that a record must lack, read once.</summary>
    private readonly (MacTag Tag, JsonElement Json)[] lacking;

    /// <summary>Partitions that name no tag, but tags that a record must lack.</summary>
    private readonly int[] withoutTags;

    /// <summary>What is known of a JSON tag, kept: to find out takes a look at each pattern.</summary>
    private readonly ConcurrentDictionary<MacTag, TagPatterns> known = new();

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

        patterns = ReadJson(byPattern.Keys);
        lacking = ReadJson(partitions.SelectMany(partition => partition.NotTag).Distinct());
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
                .Where(place => partitions[place].NotTag.All(pattern => Lack(tags, pattern)))
                .Order(),
        ];
    }

    private static (MacTag Tag, JsonElement Json)[] ReadJson(IEnumerable<MacTag> tags) =>
        [.. tags.Where(tag => tag.Kind == TagKind.Json).Select(tag => (tag, tag.ToElement()))];

    private IEnumerable<MacTag> PatternsIn(MacTag tag) =>
        tag.Kind == TagKind.Json ? PatternsOf(tag).Contained
        : byPattern.ContainsKey(tag) ? [tag]
        : [];

    /// <summary>As <see cref="MacTags.Lack"/> says it.</summary>
    private bool Lack(IReadOnlyList<MacTag> tags, MacTag pattern)
    {
        if (pattern.Kind != TagKind.Json)
        {
            return !tags.Contains(pattern);
        }

        var json = tags.Where(tag => tag.Kind == TagKind.Json).Select(PatternsOf).ToList();
        return json.Any(tag => tag.Other.Contains(pattern)) && !json.Any(tag => tag.Had.Contains(pattern));
    }

    private TagPatterns PatternsOf(MacTag tag) => known.GetOrAdd(tag, static (tag, index) => index.Ask(tag), this);

    private TagPatterns Ask(MacTag tag)
    {
        var json = tag.ToElement();
        return new TagPatterns(
            [.. patterns.Where(pattern => JsonContainment.Contains(json, pattern.Json)).Select(pattern => pattern.Tag)],
            [.. lacking.Where(pattern => JsonContainment.Contains(json, pattern.Json)).Select(pattern => pattern.Tag)],
            [.. lacking.Where(pattern => JsonContainment.HasMembersOf(json, pattern.Json)).Select(pattern => pattern.Tag)]);
    }

    /// <summary>The patterns that are about a JSON tag.</summary>
    /// <param name="Contained">What partitions name and it contains.</param>
    /// <param name="Had">What records must lack and it contains.</param>
    /// <param name="Other">What records must lack and it has the members of, with whatever in them.</param>
    private sealed record TagPatterns(MacTag[] Contained, HashSet<MacTag> Had, HashSet<MacTag> Other);
}
