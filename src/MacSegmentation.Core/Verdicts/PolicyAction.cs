namespace MacSegmentation.Verdicts;

/// <summary>What happens to a frame.</summary>
public enum PolicyAction : byte
{
    /// <summary>The frame is forwarded.</summary>
    Allow,

    /// <summary>The frame is refused: discarded, counted, and reported as a denial event.</summary>
    Deny,

    /// <summary>The frame is discarded in silence: a counter, nothing else.</summary>
    Drop,
}
