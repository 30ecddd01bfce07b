namespace MacSegmentation.Architecture;

/// <summary>A type uses another of the same assembly.</summary>
internal readonly record struct TypeUse(string UserNamespace, string User, string UsedNamespace, string Used)
{
    /// <inheritdoc/>
    public override string ToString() => $"{UserNamespace}.{User} uses {UsedNamespace}.{Used}";
}
