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
}
