namespace MacSegmentation.NetworkSessions;

/// <summary>What a record of the pipeline wants of an instance.</summary>
/// <param name="Name">The instance.</param>
/// <param name="Change">What becomes of it.</param>
public readonly record struct NamedInstanceChange(string Name, InstanceChange Change);
