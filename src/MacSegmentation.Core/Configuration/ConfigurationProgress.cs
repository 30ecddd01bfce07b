namespace MacSegmentation.Configuration;

/// <summary>How far a store has been made equal to a document.</summary>
/// <param name="Done">Allocations, interface records and policies of the document that the store has by now.</param>
/// <param name="Total">All that the document has.</param>
public readonly record struct ConfigurationProgress(long Done, long Total);
