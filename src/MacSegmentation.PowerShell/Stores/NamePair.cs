namespace MacSegmentation.Stores;

/// <summary>What a record of the pipeline renames.</summary>
/// <param name="Name">The name until now.</param>
/// <param name="NewName">The name from now on.</param>
public readonly record struct NamePair(string Name, string NewName);
