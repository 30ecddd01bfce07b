using System.Globalization;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a time; a plain number is one in seconds. PowerShell itself would take 300 for 300 units of 100 nanoseconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text)
    {
        if (value is TimeSpan time)
        {
            return time;
        }

        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds);
        return isNumber && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds)
            : !isNumber && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time) ? time
            : throw new FormatException($"'{text}' is not a time. Give a number of seconds such as 300, or hours, minutes and seconds such as 00:05:00.");
    }
}
