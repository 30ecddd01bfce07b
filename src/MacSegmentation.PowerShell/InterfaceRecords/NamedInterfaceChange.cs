namespace MacSegmentation.InterfaceRecords;

/// <summary>What a record of the pipeline wants of an interface record.</summary>
/// <param name="Name">The interface record.</param>
/// <param name="Change">What becomes of it.</param>
public readonly record struct NamedInterfaceChange(string Name, InterfaceChange Change);
