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
        Require(inputData);
        return inputData;
    }

    private static void Require(object? given)
    {
        object? value = given is PSObject wrapped ? wrapped.BaseObject : given;
        switch (value)
        {
            case null or string or ValueType:
                return;
            case IEnumerable several and not IDictionary:
                foreach (object? one in several)
                {
                    Require(one);
                }

                return;
            default:
                // The inner exception makes the binder go on with the object's properties.
                string message = $"A name or an id is text, not a {value.GetType().Name}. Give the object's name.";
                throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
        }
    }
}
