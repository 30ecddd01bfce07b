using MacSegmentation.Policies;

namespace MacSegmentation.Tracing;

/// <summary>Keeps what it is told.</summary>
internal readonly struct RecordingTrace() : IFrameTrace
{
    private readonly List<MacFrameStage> stages = [];

    public static bool IsOn => true;

    /// <summary>What it was told, in sequence.</summary>
    public IReadOnlyList<MacFrameStage> Stages => stages;

    public void Note(FrameStage stage, PolicyAction action, VerdictReason? reason, string detail) => stages.Add(new MacFrameStage(stage, action, reason, detail));
}
