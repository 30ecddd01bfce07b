using System.Collections.ObjectModel;

namespace MacSegmentation.Units;

/// <summary>Lists that show as their values with commas between, where only their text is asked for, as Export-Csv does.</summary>
public static class TextList
{
    /// <summary>The same values as such a list.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="values">The values.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> values) => values switch
    {
        Values<T> => values,
        { Count: 0 } => Values<T>.None,
        IList<T> list => new Values<T>(list),
        _ => new Values<T>([.. values]),
    };

    private sealed class Values<T>(IList<T> values) : ReadOnlyCollection<T>(values)
    {
        public static readonly Values<T> None = new([]);

        public override string ToString() => string.Join(", ", this);
    }
}
