namespace MacSegmentation.Profiles;

/// <summary>What a record of the pipeline wants of a vNIC profile.</summary>
/// <param name="Name">The profile.</param>
/// <param name="From">What it is made from; null for nothing.</param>
/// <param name="Change">What becomes of it.</param>
public readonly record struct NamedProfileChange(string Name, string? From, Func<MacProfile, MacProfile> Change);
