using MacSegmentation.Reports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Tracing;

/// <summary>What came of one stage of a frame's way.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Action">Allow if the frame went on.</param>
/// <param name="Reason">Why, where there is a reason to name.</param>
/// <param name="Detail">What was looked at, as a sentence.</param>
public sealed record MacFrameStage(string Stage, PolicyAction Action, string? Reason, string Detail)
{
    /// <summary>What is told of it.</summary>
    public static Report<MacFrameStage> Report { get; } = new Report<MacFrameStage>()
        .Text("stage", stage => stage.Stage)
        .Choice<PolicyAction>("action", stage => stage.Action)
        .Text("reason", stage => stage.Reason)
        .Text("detail", stage => stage.Detail);

    /// <summary>The stage as one line.</summary>
    public override string ToString() => $"{Stage}: {Action}{(Reason is null ? string.Empty : $" ({Reason})")}. {Detail}";
}
