using System.Globalization;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a whole number. PowerShell itself would take an empty cell of a CSV file for 0 and round 2.5. Which numbers are right is the domain's to say.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"'{text}' is not a whole number. Give one such as 15.");
}
