using MacSegmentation.Tags;

namespace MacSegmentation.SecurityTriggers;

/// <summary>What a trigger has done to an interface record and will take back.</summary>
public sealed record TriggerHold
{
    /// <summary>The trigger.</summary>
    public required string Trigger { get; init; }

    /// <summary>The interface record.</summary>
    public required string Interface { get; init; }

    /// <summary>When it fired.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is taken back; null if somebody has to lift it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The tags that the record has because of it, and of nobody else.</summary>
    public IReadOnlyList<MacTag> AddedTag { get; init => field = TagList.Of(value); } = TagList.None;

    /// <summary>The tags that the record lacks because of it, and of nobody else.</summary>
    public IReadOnlyList<MacTag> RemovedTag { get; init => field = TagList.Of(value); } = TagList.None;
}
