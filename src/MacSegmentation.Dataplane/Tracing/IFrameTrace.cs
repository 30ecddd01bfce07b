using MacSegmentation.Policies;

namespace MacSegmentation.Tracing;

/// <summary>
/// Who is told of each stage that a frame passes. A type parameter of the code that forwards, and not an argument: with
/// <see cref="NoTrace"/> the compiler leaves nothing of it, so tracing and forwarding are one code at no cost.
/// </summary>
internal interface IFrameTrace
{
    /// <summary>False if nothing is to be told, so that nothing need be put into words.</summary>
    static abstract bool IsOn { get; }

    /// <summary>Takes in what came of a stage.</summary>
    void Note(FrameStage stage, PolicyAction action, VerdictReason? reason, string detail);
}
