using System.Globalization;

namespace MacSegmentation.Arguments;

/// <summary>
/// The argument is a point in time. Text of a file is read as it was written there, whatever the session's culture, and by its offset if it has one; a time without one is local, as
/// PowerShell's own are.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PointInTimeAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) => value switch
    {
        DateTimeOffset exact => exact,
        DateTime { Kind: DateTimeKind.Utc } utc => new DateTimeOffset(utc),
        DateTime local => new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Local)),
        _ => Parse(text),
    };

    private static DateTimeOffset Parse(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
        ? time
        : throw new FormatException($"'{text}' is not a time. Give one such as 2027-01-31T18:00:00Z, or (Get-Date).AddHours(8).");
}
