namespace MacSegmentation.Partitions;

/// <summary>What came of a change, and what to say about it once it is committed.</summary>
/// <typeparam name="T">What came of it.</typeparam>
/// <param name="Record">What came of it.</param>
/// <param name="Warnings">What to say.</param>
public sealed record Warned<T>(T Record, IReadOnlyList<string> Warnings);
