using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Tags;

/// <summary>Tags of every kind, of so few names and values that they are often equal or contain each other.</summary>
internal static class TagGenerator
{
    private static readonly string[] Texts = ["prod", "42", "-7", "007", "a b", " edge ", "\"", "{", "[x", "ä", "\U0001F600", "\uFEFF", "vlan:20", "-", "--1", "1.5", "null", "true"];
    private static readonly string[] Names = ["env", "app", "tier", "\u20ac", "\U0001F600", "\"", ""];
    private static readonly string[] Values = ["\"prod\"", "\"test\"", "1", "1.5", "-0", "1e21", "1e-7", "true", "false", "null", "\"\\u0000\"", "\"\\ud83d\\ude00\""];

    /// <summary>Any tag.</summary>
    public static Gen<MacTag> Any { get; } = Gen.OneOf(
        Gen.Elements(Texts).Select(MacTag.OfText),
        Gen.Elements(0L, 42, -7, long.MinValue, long.MaxValue).Select(MacTag.OfInteger),
        Json(2).Select(MacTag.OfJson));

    /// <summary>Tags that match each other often.</summary>
    public static Gen<MacTag> Crowded { get; } = Gen.Elements(
        Enumerable.Range(0, 4).Select(i => MacTag.OfText($"t{i}"))
            .Concat(Enumerable.Range(0, 3).Select(i => MacTag.OfInteger(i)))
            .Concat(new[] { """{"app":"shop"}""", """{"app":"shop","env":"prod"}""", """{"env":"prod"}""", """{"env":"test"}""", """{"ports":[80,443]}""", """{"ports":[80]}""", "[]", "{}", "[1]" }.Select(MacTag.OfJson))
            .ToArray());

    private static Gen<string> Json(int depth) => Gen.OneOf(Object(depth), Array(depth));

    private static Gen<string> Value(int depth) => depth == 0 ? Gen.Elements(Values) : Gen.OneOf(Gen.Elements(Values), Object(depth - 1), Array(depth - 1));

    private static Gen<string> Object(int depth) =>
        from names in Gen.SubListOf(Names)
        from values in Value(depth).ArrayOf(names.Count)
        from blank in Gen.Elements("", " ", "\n\t")
        select $"{{{blank}{string.Join($"{blank},", names.Zip(values, (name, value) => string.Create(CultureInfo.InvariantCulture, $"{System.Text.Json.JsonSerializer.Serialize(name)}{blank}:{value}")))}}}";

    private static Gen<string> Array(int depth) => from count in Gen.Choose(0, 3) from values in Value(depth).ArrayOf(count) select $"[{string.Join(", ", values)}]";
}
