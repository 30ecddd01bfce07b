using System.Globalization;

namespace MacSegmentation.Arguments;

/// <summary>
/// The argument is a share in per cent, with its sign or without. A fraction is refused: 0.2 could be a fifth, or a five-hundredth. Which shares are right
/// is the domain's to say.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PerCentAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text)
    {
        string digits = text.Trim();
        digits = digits.EndsWith('%') ? digits[..^1].TrimEnd() : digits;
        return int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int share)
            ? share
            : throw new FormatException(double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double fraction) && fraction is > 0 and < 1
                ? $"'{text}' may mean {fraction * 100:0.##} % or {fraction:0.##} %. Give a whole number in per cent, such as 20%."
                : $"'{text}' is not a share in per cent. Give a whole number from 0 to 100, such as 20%.");
    }
}
