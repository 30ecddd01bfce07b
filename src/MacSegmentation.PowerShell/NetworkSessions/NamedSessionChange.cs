namespace MacSegmentation.NetworkSessions;

/// <summary>What a record of the pipeline wants of a session.</summary>
/// <param name="Name">The session.</param>
/// <param name="Change">What becomes of it.</param>
public readonly record struct NamedSessionChange(string Name, SessionChange Change);
