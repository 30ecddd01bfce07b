using System.Collections.Immutable;

namespace MacSegmentation.Profiles;

/// <summary>What a recording holds: deliveries or steps, and the other is empty.</summary>
/// <param name="Format">Which.</param>
/// <param name="Deliveries">Milliseconds, ascending.</param>
/// <param name="Steps">Rows, ascending; the first is at zero.</param>
internal sealed record TraceContent(TraceFormat Format, ImmutableArray<int> Deliveries, ImmutableArray<TraceStep> Steps)
{
    /// <summary>How long what has one row is; it is the same then, whatever is said.</summary>
    private static readonly TimeSpan OfOne = TimeSpan.FromSeconds(1);

    /// <summary>When it begins anew.</summary>
    public TimeSpan Duration { get; } = Format == TraceFormat.Mahimahi ? TimeSpan.FromMilliseconds(Deliveries[^1])
        : Steps.Length == 1 ? OfOne
        : Steps[^1].At + (Steps[^1].At - Steps[^2].At);
}
