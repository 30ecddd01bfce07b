namespace MacSegmentation.Pipeline;

/// <summary>Nobody is told.</summary>
internal readonly struct NoTrace : IFrameTrace
{
    public static bool IsOn => false;

    public void Note(FrameStage stage, bool goesOn, in FrameContext frame)
    {
    }
}
