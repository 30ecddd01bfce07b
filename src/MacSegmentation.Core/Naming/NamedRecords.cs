namespace MacSegmentation.Naming;

/// <summary>The records of one kind, each of which has a name that no other of the kind may have.</summary>
/// <param name="Kind">What such a record is, in one word, such as <c>Interface</c>.</param>
/// <param name="Records">The records, in any sequence.</param>
public sealed record NamedRecords(string Kind, IReadOnlyList<NamedRecord> Records);
