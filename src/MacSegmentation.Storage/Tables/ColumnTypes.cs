using System.Globalization;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Tables;

/// <summary>How values are written, once for all tables. What is written stays readable, whatever becomes of the types.</summary>
internal static class ColumnTypes
{
    public static ColumnType<long> Number { get; } = new(static (to, place, value) => to.Bind(place, value), static (row, place) => row.Number(place));

    public static ColumnType<int> Integer { get; } = new(static (to, place, value) => to.Bind(place, (long)value), static (row, place) => (int)row.Number(place));

    public static ColumnType<int?> OptionalInteger { get; } =
        new(static (to, place, value) => to.Bind(place, (long?)value), static (row, place) => row.IsNull(place) ? null : (int)row.Number(place));

    public static ColumnType<string?> OptionalText { get; } = new(static (to, place, value) => to.Bind(place, value), static (row, place) => row.IsNull(place) ? null : row.Text(place));

    /// <summary>A protocol above IP; none for any.</summary>
    public static ColumnType<IpProtocol> Protocol { get; } = new(
        static (to, place, value) => to.Bind(place, (long?)value.Number),
        static (row, place) => row.IsNull(place) ? IpProtocol.Any : new IpProtocol((byte)row.Number(place)));

    public static ColumnType<bool> Flag { get; } = new(static (to, place, value) => to.Bind(place, value), static (row, place) => row.Flag(place));

    public static ColumnType<string> Text { get; } = new(static (to, place, value) => to.Bind(place, value), static (row, place) => row.Text(place));

    /// <summary>A text in capitals, by which a name is found in any case.</summary>
    public static ColumnType<string> NameKey { get; } = new(static (to, place, value) => to.Bind(place, NameKeys.Of(value)), static (row, place) => row.Text(place));

    /// <summary>The same for a name that may be absent.</summary>
    public static ColumnType<string?> OptionalNameKey { get; } = new(
        static (to, place, value) => to.Bind(place, value is null ? null : NameKeys.Of(value)), static (row, place) => row.IsNull(place) ? null : row.Text(place));

    public static ColumnType<DateTimeOffset> Time { get; } =
        new(static (to, place, value) => to.Bind(place, StoredTime.From(value)), static (row, place) => StoredTime.To(row.Number(place)));

    public static ColumnType<DateTimeOffset?> OptionalTime { get; } = new(
        static (to, place, value) => to.Bind(place, value is { } time ? StoredTime.From(time) : (long?)null),
        static (row, place) => row.IsNull(place) ? null : StoredTime.To(row.Number(place)));

    /// <summary>A time of which the lowest possible is written as 0.</summary>
    public static ColumnType<DateTimeOffset> TimeOrZero { get; } = new(
        static (to, place, value) => to.Bind(place, value == default ? 0 : StoredTime.From(value)),
        static (row, place) => row.Number(place) == 0 ? default : StoredTime.To(row.Number(place)));

    public static ColumnType<TimeSpan> Duration { get; } = new(static (to, place, value) => to.Bind(place, value.Ticks), static (row, place) => new TimeSpan(row.Number(place)));

    public static ColumnType<MacAddress> MacAddress { get; } = new(static (to, place, value) => to.Bind(place, value), static (row, place) => row.MacAddress(place));

    /// <summary>First and last address.</summary>
    public static ColumnType<MacRange> MacRange { get; } = new(
        static (to, place, value) => to.Bind(place, value.First).Bind(place + 1, value.Last), static (row, place) => row.MacRange(place), Width: 2);

    /// <summary>Address and length.</summary>
    public static ColumnType<MacPattern> MacPattern { get; } = new(
        static (to, place, value) => to
            .Bind(place, (long)value.Value)
            .Bind(place + 1, value.IsPrefix ? value.PrefixLength : 0)
            .Bind(place + 2, value.IsPrefix ? 0 : (long)value.Mask),
        static (row, place) => row.Number(place + 2) is var mask and not 0
            ? new MacPattern(row.MacAddress(place), new MacAddress((ulong)mask))
            : new MacPattern(row.MacAddress(place), (int)row.Number(place + 1)),
        Width: 3);

    /// <summary>Base address and length, or neither.</summary>
    public static ColumnType<IPNetwork?> OptionalNetwork { get; } = new(
        static (to, place, value) => to.Bind(place, value?.BaseAddress).Bind(place + 1, (long?)value?.PrefixLength),
        static (row, place) => row.IsNull(place) ? null : new IPNetwork(row.IPAddress(place), (int)row.Number(place + 1)),
        Width: 2);

    public static ColumnType<IReadOnlyList<byte>> Bytes { get; } =
        new(static (to, place, value) => to.Bind(place, (ReadOnlySpan<byte>)value.ToArray()), static (row, place) => row.Bytes(place).ToArray());

    public static ColumnType<IReadOnlyList<int>> Integers { get; } = List(static text => int.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>Values as a text with commas between.</summary>
    public static ColumnType<IReadOnlyList<T>> List<T>(Func<string, T> parse) => new(
        static (to, place, value) => to.Bind(place, string.Join(',', value)),
        (row, place) => [.. row.Text(place).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(parse)]);

    /// <summary>The values of an enumeration, each by its place here, which is never given to another.</summary>
    public static ColumnType<T> Choice<T>(params T[] values)
        where T : struct, Enum
    {
        var choice = new StoredChoice<T>(values);
        return new((to, place, value) => to.Bind(place, choice.From(value)), (row, place) => choice.To(row.Number(place)));
    }
}
