namespace MacSegmentation.SecurityTriggers;

/// <summary>What a record of the pipeline wants of a security trigger.</summary>
/// <param name="Name">The trigger.</param>
/// <param name="Change">What becomes of it.</param>
public readonly record struct NamedTriggerChange(string Name, SecurityTriggerChange Change);
