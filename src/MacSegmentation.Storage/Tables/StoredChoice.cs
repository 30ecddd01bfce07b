namespace MacSegmentation.Stores.Tables;

/// <summary>How the values of an enumeration are written: each by its place here, which is never given to another.</summary>
/// <param name="values">The values.</param>
internal sealed class StoredChoice<T>(params T[] values)
    where T : struct, Enum
{
    /// <summary>The number of a value.</summary>
    public long From(T value) => Array.IndexOf(values, value) is >= 0 and var number
        ? number
        : throw new ArgumentOutOfRangeException(nameof(value), value, "It has no number yet.");

    /// <summary>The value of a number.</summary>
    public T To(long number) => number >= 0 && number < values.Length
        ? values[number]
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"No {typeof(T).Name} has it.");
}
