using System.Globalization;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a number of addresses, which may be larger than an <see cref="int"/>. Which numbers are right is the domain's to say.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressCountAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException($"'{text}' is not a number of addresses. Give a whole one such as 4096.");
}
