using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Tracing;

/// <summary>Keeps what it is told.</summary>
internal readonly struct RecordingTrace() : IFrameTrace
{
    private readonly List<MacFrameStage> stages = [];

    public static bool IsOn => true;

    /// <summary>What it was told, in sequence.</summary>
    public IReadOnlyList<MacFrameStage> Stages => stages;

    public void Note(FrameStage stage, bool goesOn, in FrameContext frame)
    {
        if (!goesOn)
        {
            string detail = stage.DescribeRefusal(frame) ?? ToSentence(frame.Verdict.Reason.Description);
            stages.Add(new MacFrameStage(stage.Name, frame.Verdict.Action, frame.Verdict.Reason.Name, detail));
        }
        else if (stage.DescribePassage(frame) is { } detail)
        {
            stages.Add(new MacFrameStage(stage.Name, PolicyAction.Allow, stage is PolicyStage ? frame.Verdict.Reason.Name : null, detail));
        }
    }

    private static string ToSentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
}
