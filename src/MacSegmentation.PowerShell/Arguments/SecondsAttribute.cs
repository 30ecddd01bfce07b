using MacSegmentation.Units;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a time, with a unit or in seconds. PowerShell itself would take 300 for 300 units of 100 nanoseconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) => value is TimeSpan time ? time : Duration.Parse(text).Value;
}
