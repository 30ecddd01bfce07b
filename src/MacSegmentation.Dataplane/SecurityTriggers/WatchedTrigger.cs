using MacSegmentation.Conditions;

namespace MacSegmentation.SecurityTriggers;

/// <summary>A trigger and its condition.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Condition">Its condition.</param>
internal sealed record WatchedTrigger(MacSecurityTrigger Trigger, MacCondition Condition);
