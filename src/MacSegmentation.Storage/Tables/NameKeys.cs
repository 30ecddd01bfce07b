namespace MacSegmentation.Stores.Tables;

/// <summary>What a name is found by: names that differ in case only are the same.</summary>
internal static class NameKeys
{
    public static string Of(string name) => name.ToUpperInvariant();

    /// <summary>A text above all that begin with a prefix: no name has this sign.</summary>
    public static string After(string prefix) => prefix + char.MaxValue;
}
