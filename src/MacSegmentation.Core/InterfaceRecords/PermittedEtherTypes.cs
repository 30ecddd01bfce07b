using System.Globalization;
using MacSegmentation.Documents;
using MacSegmentation.Errors;

namespace MacSegmentation.InterfaceRecords;

/// <summary>
/// What a record's port lets in beside IPv4, IPv6 and ARP, which port security checks: EtherTypes by number (<c>0x8847</c>), <see cref="Llc"/>, or <see cref="Any"/>.
/// </summary>
public static class PermittedEtherTypes
{
    /// <summary>Everything, also what hides IP from port security.</summary>
    public const string Any = "Any";

    /// <summary>Frames with a length in the place of the type and an LLC header (IEEE 802.3-2022 clause 3.2.6), but for those whose header brings an EtherType.</summary>
    public const string Llc = "Llc";

    /// <summary>The number of <see cref="Llc"/>: it is no EtherType.</summary>
    public const int LlcNumber = 0;

    /// <summary>The number of <see cref="Any"/>.</summary>
    public const int AnyNumber = -1;

    private const int Minimum = 0x0600;
    private const int Maximum = 0xFFFF;
    private const int LongestHex = 4;
    private static readonly int[] AlwaysLetIn = [0x0800, 0x0806, 0x86DD];
    private static readonly int[] Tags = [0x8100, 0x88A8, 0x9100, 0x9200];

    /// <summary>One of them in documents.</summary>
    internal static TextType Type { get; } = new()
    {
        Definition = "etherType",
        Description = "An EtherType such as 0x8847, Llc for frames with an LLC header, or Any.",
        Pattern = "^(0[xX][0-9A-Fa-f]{1,4}|[0-9A-Fa-f]{4,5}|[Ll][Ll][Cc]|[Aa][Nn][Yy])$",
    };

    /// <summary>Reads a list.</summary>
    /// <param name="texts">EtherTypes as <c>0x88cc</c> or <c>88cc</c>, <c>Llc</c>, <c>Any</c>, in any order and case; or several with commas between.</param>
    /// <returns>Each once, by number, written alike; <c>Any</c> alone if it is among them.</returns>
    /// <exception cref="MacSegmentationException">InvalidEtherType.</exception>
    public static IReadOnlyList<string> Parse(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int[] numbers = [.. texts.SelectMany(text => (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries)).Where(text => text.Length > 0).Select(NumberOf).Distinct().Order()];
        return numbers is [AnyNumber, ..] ? [Any] : [.. numbers.Select(ToText)];
    }

    /// <summary>The number of one.</summary>
    /// <param name="text">An EtherType, <c>Llc</c> or <c>Any</c>.</param>
    /// <exception cref="MacSegmentationException">InvalidEtherType.</exception>
    public static int NumberOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.Equals(text, Any, StringComparison.OrdinalIgnoreCase))
        {
            return AnyNumber;
        }

        if (string.Equals(text, Llc, StringComparison.OrdinalIgnoreCase))
        {
            return LlcNumber;
        }

        int number = ReadNumber(text);
        return number is < Minimum or > Maximum ? throw Invalid($"'{text}' is not an EtherType", text)
            : AlwaysLetIn.Contains(number) ? throw new MacSegmentationException(
                "InvalidEtherType", MacErrorKind.InvalidArgument, $"{ToText(number)} is always let in, and checked. Leave it out.", text)
            : Tags.Contains(number) ? throw new MacSegmentationException(
                "InvalidEtherType", MacErrorKind.InvalidArgument, $"{ToText(number)} is the type of a tag, and what stands behind tags is what counts. Give that type.", text)
            : number;
    }

    private static string ToText(int number) => number == LlcNumber ? Llc : string.Create(CultureInfo.InvariantCulture, $"0x{number:x4}");

    /// <summary>Hexadecimal digits; five decimal digits are a number that a shell has read already, and four could be either.</summary>
    private static int ReadNumber(string text)
    {
        bool isMarked = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!isMarked && text.Length <= LongestHex && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int either))
        {
            throw Invalid($"'{text}' could be 0x{text.PadLeft(LongestHex, '0')} or 0x{either:x4}", text);
        }

        string digits = isMarked ? text[2..] : text;
        return digits.Length <= LongestHex && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int hex) ? hex
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : -1;
    }

    private static MacSegmentationException Invalid(string what, string text) => new(
        "InvalidEtherType",
        MacErrorKind.InvalidArgument,
        $"{what}. Give a number from 0x0600 to 0xffff, such as 0x8847, {Llc} for frames with an LLC header, or {Any}.",
        text);
}
