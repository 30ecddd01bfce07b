namespace MacSegmentation.Stores.Tables;

/// <summary>What a name is found by: names that differ in case only are the same.</summary>
internal static class NameKeys
{
    public static string Of(string name) => name.ToUpperInvariant();
}
