using System.Globalization;
using System.Text.Json;
using MacSegmentation.Documents;

namespace MacSegmentation.Units;

/// <summary>A moment with its offset from UTC, as RFC 3339 writes it; written in UTC.</summary>
internal sealed class TimeType : DocumentType<DateTimeOffset>
{
    /// <summary>The type.</summary>
    public static TimeType Instance { get; } = new();

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref DocumentReader reader) => reader.Parse<Moment>(reader.ReadText()).Time;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DateTimeOffset value) => json.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteString("format", "date-time");
    }

    /// <summary>The text of one. Without an offset nobody knows which moment is meant, so that is refused.</summary>
    private readonly record struct Moment(DateTimeOffset Time) : IParsable<Moment>
    {
        private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

        public static Moment Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var moment)
            ? moment
            : throw new FormatException($"'{s}' is not a time. Give one with its offset from UTC, such as 2027-01-31T18:00:00Z or 2027-01-31T18:00:00+01:00.");

        public static bool TryParse(string? s, IFormatProvider? provider, out Moment result)
        {
            bool hasOffset = s?.LastIndexOfAny(['Z', '+', '-']) > "2027-01-31T".Length;
            bool isTime = DateTimeOffset.TryParseExact(s, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && hasOffset;
            result = new Moment(time.ToUniversalTime());
            return isTime;
        }
    }
}
