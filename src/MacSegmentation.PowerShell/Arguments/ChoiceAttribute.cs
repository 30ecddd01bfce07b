namespace MacSegmentation.Arguments;

/// <summary>
/// The argument is one of an enumeration's values: its name, or its number as JSON and CLIXML keep it. PowerShell itself would add the numbers of two names up, and
/// make a third value of them, and take any number.
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChoiceAttribute<T> : ElementTransformationAttribute
    where T : struct, Enum
{
    private static readonly string[] Names = Enum.GetNames<T>();
    private static readonly T[] Values = Enum.GetValues<T>();

    /// <summary>Whether none given is the first of them: for a parameter that has no third state.</summary>
    public bool NoneIsFirst { get; set; }

    /// <inheritdoc/>
    protected override object? None => NoneIsFirst ? default(T) : null;

    /// <inheritdoc/>
    protected override object Convert(object value, string text)
    {
        int index = Array.FindIndex(Names, name => string.Equals(name, text.Trim(), StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? Values[index]
            : value is not string && Array.FindIndex(Values, known => string.Equals(known.ToString("D"), text, StringComparison.Ordinal)) is >= 0 and var numbered ? Values[numbered]
            : throw new FormatException($"'{text}' is none of the values. Give one of {string.Join(", ", Names)}.");
    }
}
