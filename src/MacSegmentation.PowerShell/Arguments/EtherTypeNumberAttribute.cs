using System.Globalization;

namespace MacSegmentation.Arguments;

/// <summary>The argument is an EtherType: a number, or its text in decimal or with 0x. Which numbers are right is the domain's to say.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EtherTypeNumberAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"'{text}' is not an EtherType. Give a number such as 0x88cc.");
    }
}
