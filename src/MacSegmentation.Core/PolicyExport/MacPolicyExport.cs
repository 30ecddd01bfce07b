namespace MacSegmentation.PolicyExport;

/// <summary>What was written for another enforcement point.</summary>
/// <param name="Text">The file, with line feeds, the last line ended by one.</param>
/// <param name="Limits">What it does not express, a sentence each; they stand in the text as comments too.</param>
public sealed record MacPolicyExport(string Text, IReadOnlyList<string> Limits);
