using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>What to change about a policy; what is null stays as it is.</summary>
public sealed record PolicyChange
{
    /// <summary>The new place in the list.</summary>
    public int? Order { get; init; }

    /// <summary>The new match of the source.</summary>
    public MacPattern? SourceAddress { get; init; }

    /// <summary>The new match of the destination.</summary>
    public MacPattern? DestinationAddress { get; init; }

    /// <summary>The new action.</summary>
    public PolicyAction? Action { get; init; }

    /// <summary>The new description, at most 256 characters; empty for none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it matches nothing from now on.</summary>
    public bool? Disabled { get; init; }

    /// <summary>When it expires from now on; in the future.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True if it does not expire from now on.</summary>
    public bool NeverExpires { get; init; }
}
