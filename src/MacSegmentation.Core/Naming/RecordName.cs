using MacSegmentation.Documents;
using MacSegmentation.Errors;

namespace MacSegmentation.Naming;

/// <summary>The rule for names by which records are found: they must not be taken for a pattern of names.</summary>
internal static class RecordName
{
    /// <summary>Such a name in documents.</summary>
    public static TextType Type { get; } = new()
    {
        Definition = "name",
        Description = "1 to 64 characters, not all blank, none of * ? [ ].",
        MinLength = 1,
        MaxLength = Longest,
        Pattern = @"^[^*?\[\]]*$",
    };

    private const int Longest = 64;
    private const string Wildcards = "*?[]";

    /// <summary>Returns the name if it is one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="errorId">The id of the error if it is none.</param>
    /// <param name="owner">What has the name, such as <c>An interface</c>.</param>
    public static string Validate(string? name, string errorId, string owner) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= Longest && !name.Any(character => char.IsControl(character) || Wildcards.Contains(character))
            ? name
            : throw new MacSegmentationException(
                errorId,
                MacErrorKind.InvalidArgument,
                $"'{new string([.. (name ?? string.Empty).Where(sign => !char.IsControl(sign))])}' is not a name. {owner}'s name has 1 to {Longest} characters, not all blank, no control characters and none of * ? [ ].",
                name);
}
