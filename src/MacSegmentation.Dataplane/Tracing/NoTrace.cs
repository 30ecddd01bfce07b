using MacSegmentation.Policies;

namespace MacSegmentation.Tracing;

/// <summary>Nobody is told.</summary>
internal readonly struct NoTrace : IFrameTrace
{
    public static bool IsOn => false;

    public void Note(FrameStage stage, PolicyAction action, VerdictReason? reason, string detail)
    {
    }
}
