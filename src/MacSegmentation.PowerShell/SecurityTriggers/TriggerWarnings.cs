using MacSegmentation.Tags;

namespace MacSegmentation.SecurityTriggers;

/// <summary>What a user is told of what was done, and is perhaps not meant.</summary>
internal static class TriggerWarnings
{
    /// <summary>Of tags that change nothing for a frame.</summary>
    public static IEnumerable<string> OfTags(ISecurityTriggerReader store, MacSecurityTrigger trigger)
    {
        MacTag[] tags = [.. trigger.AddTag, .. trigger.RemoveTag];
        return store.ListPartitions().Any(partition => partition.Tag.Concat(partition.NotTag).Any(pattern => Array.Exists(tags, tag => tag.Contains(pattern))))
            ? []
            : [$"No partition asks for a tag of security trigger '{trigger.Name}', so nothing changes for a frame when it fires. Make one with New-MacPartition -Tag {tags[0]}."];
    }
}
