using System.Collections;
using System.Management.Automation;

namespace MacSegmentation.Arguments;

/// <summary>
/// The argument is a name or an id. PowerShell would take any object of the pipeline for the text that it shows as; with this it looks for a
/// property of the parameter's name instead.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class NamedAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or string or ValueType or (IEnumerable and not IDictionary))
        {
            return inputData;
        }

        // The inner exception makes the binder go on with the object's properties.
        string message = $"A name or an id is text, not a {value.GetType().Name}. Give the object's name.";
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
