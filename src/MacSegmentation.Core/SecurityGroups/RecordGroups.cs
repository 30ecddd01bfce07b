using MacSegmentation.Documents;

namespace MacSegmentation.SecurityGroups;

/// <summary>The security groups of an interface record of the document.</summary>
/// <param name="Interface">The record's name.</param>
/// <param name="Groups">The groups' names.</param>
internal sealed record RecordGroups(string Interface, DocumentList<string> Groups);
