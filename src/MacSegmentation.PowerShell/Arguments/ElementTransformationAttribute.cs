using System.Collections;
using System.Management.Automation;

namespace MacSegmentation.Arguments;

/// <summary>
/// Converts an argument, or each element of an array, by our own rules. PowerShell would find a type's Parse method by itself, but for
/// pipeline input it hides what that says about a wrong value; a transformation's message always reaches the user.
/// </summary>
/// <remarks>
/// Nothing is left for PowerShell to convert: it would pass over a property that it cannot convert as if that were not there, and what a record names
/// by two properties, an address and its instance, would be named by one.
/// </remarks>
internal abstract class ElementTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [',', ';'];

    /// <summary>Whether an empty text is no argument at all, as an empty cell of a CSV file is.</summary>
    public bool EmptyIsNone { get; set; }

    /// <summary>Whether a text may hold several values with commas or semicolons between them, as a cell of a CSV file does.</summary>
    public bool IsList { get; set; }

    /// <summary>What no argument at all becomes.</summary>
    protected virtual object? None => null;

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        switch (value)
        {
            case null:
            case string text when EmptyIsNone && string.IsNullOrWhiteSpace(text):
                return None;
            case string list when IsList && list.AsSpan().ContainsAny(Separators):
                return list.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => ConvertOne(part, part)).ToArray();
            case IEnumerable elements and not (string or IDictionary):
                return elements.Cast<object?>().Select(element => Transform(engineIntrinsics, element)).SelectMany(Flatten).ToArray();
            default:
                return ConvertOne(value, ValueText.Of(inputData) ?? throw NoValue(value));
        }
    }

    /// <summary>Converts one value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="text">The value as text; a number that was typed without quotes keeps its leading zeros.</param>
    /// <exception cref="FormatException">The value is wrong; the message says why and what is right.</exception>
    protected abstract object Convert(object value, string text);

    /// <summary>
    /// What is said of an object that is no value. If it came by the pipeline as a whole, the inner exception makes the binder go on with its
    /// properties; if it came as a property's value, that is the error.
    /// </summary>
    internal static ArgumentTransformationMetadataException NoValue(object value)
    {
        string message = $"An object of the type {value.GetType().Name} does not say one value. Give the value as text, such as it shows on the screen.";
        return new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }

    /// <summary>The values of an element that was a list itself.</summary>
    private IEnumerable<object?> Flatten(object? transformed) => IsList && transformed is object?[] several ? several : [transformed];

    private object ConvertOne(object value, string text)
    {
        try
        {
            return Convert(value, text);
        }
        catch (FormatException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
