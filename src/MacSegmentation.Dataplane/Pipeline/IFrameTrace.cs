namespace MacSegmentation.Pipeline;

/// <summary>
/// Who is told of the stages that a frame passes. It is a type parameter of the pipeline: with <see cref="NoTrace"/> the compiler leaves nothing of it.
/// </summary>
internal interface IFrameTrace
{
    /// <summary>False if nobody is told.</summary>
    static abstract bool IsOn { get; }

    /// <summary>Takes in that a frame passed a stage, or ended there.</summary>
    void Note(FrameStage stage, bool goesOn, in FrameContext frame);
}
