using System.Collections.ObjectModel;

namespace MacSegmentation.Units;

/// <summary>A list that shows as its values with commas between, where only its text is asked for, as Export-Csv does.</summary>
/// <typeparam name="T">The values.</typeparam>
internal sealed class TextList<T> : ReadOnlyCollection<T>
{
    private static readonly TextList<T> None = new([]);

    private TextList(IList<T> values)
        : base(values)
    {
    }

    /// <summary>The same values as such a list.</summary>
    public static IReadOnlyList<T> Of(IReadOnlyList<T> values) => values switch
    {
        TextList<T> => values,
        { Count: 0 } => None,
        IList<T> list => new TextList<T>(list),
        _ => new TextList<T>([.. values]),
    };

    /// <summary>The values' texts.</summary>
    public override string ToString() => string.Join(", ", this);
}
