using System.Globalization;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a port of TCP or UDP.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PortNumberAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
        ? port
        : throw new FormatException($"'{text}' is not a port. Give a number from {ushort.MinValue} to {ushort.MaxValue}.");
}
