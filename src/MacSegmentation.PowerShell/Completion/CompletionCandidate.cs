namespace MacSegmentation.Completion;

/// <summary>A value that an argument may have.</summary>
/// <param name="Text">The value.</param>
/// <param name="Description">What is shown about it.</param>
internal readonly record struct CompletionCandidate(string Text, string Description);
