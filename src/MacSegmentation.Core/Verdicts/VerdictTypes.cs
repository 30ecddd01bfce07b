using MacSegmentation.Documents;

namespace MacSegmentation.Verdicts;

/// <summary>How verdicts are written in documents.</summary>
internal static class VerdictTypes
{
    /// <summary>An action.</summary>
    public static ChoiceType<PolicyAction> Action { get; } = new("action")
    {
        Definition = "action",
        Description = "Allow forwards. Deny refuses: discards, counts and reports. Drop discards in silence: a counter, nothing else.",
    };
}
