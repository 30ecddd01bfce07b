using System.Collections;
using System.Management.Automation;

namespace MacSegmentation.Arguments;

/// <summary>
/// Converts an argument, or each element of an array, by our own rules. PowerShell would find a type's Parse method by itself, but for
/// pipeline input it hides what that says about a wrong value; a transformation's message always reaches the user.
/// </summary>
internal abstract class ElementTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether an empty text is no argument at all, as an empty cell of a CSV file is.</summary>
    public bool EmptyIsNone { get; set; }

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        switch (value)
        {
            case null:
                return null;
            case "" when EmptyIsNone:
                return null;
            case string or ValueType:
                return ConvertOne(value, inputData!);
            case IEnumerable elements:
                return elements.Cast<object?>().Select(element => Transform(engineIntrinsics, element)).ToArray();
            default:
                // Some other object of the pipeline, which has the value as a property.
                return inputData;
        }
    }

    /// <summary>Converts one value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="text">The value as text; a number that was typed without quotes keeps its leading zeros.</param>
    /// <exception cref="FormatException">The value is wrong; the message says why and what is right.</exception>
    protected abstract object Convert(object value, string text);

    private object ConvertOne(object value, object given)
    {
        try
        {
            return Convert(value, LanguagePrimitives.ConvertTo<string>(given));
        }
        catch (FormatException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
