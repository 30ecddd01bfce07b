using System.Globalization;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a block's number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlockNumberAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException($"'{text}' is not a block. Give its number, as Get-MacBlock shows it.");
}
