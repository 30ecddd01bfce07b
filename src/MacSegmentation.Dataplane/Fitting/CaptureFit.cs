namespace MacSegmentation.Fitting;

/// <summary>What a link was like of which both ends were captured.</summary>
public sealed record CaptureFit
{
    /// <summary>From the first capture's end to the second's; null if nothing went that way.</summary>
    public required LinkFit? Egress { get; init; }

    /// <summary>From the second capture's end to the first's; null if nothing went that way.</summary>
    public required LinkFit? Ingress { get; init; }

    /// <summary>By how much the second capture's clock is ahead, as it was given or found.</summary>
    public required TimeSpan ClockOffset { get; init; }

    /// <summary>What is to be known of how far these figures can be trusted, each as a sentence.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
