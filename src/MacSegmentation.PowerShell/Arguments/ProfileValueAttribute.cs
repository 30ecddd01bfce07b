using System.Collections;
using System.Management.Automation;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a value of a vNIC profile whose text has several parts, which PowerShell makes a list of: 1%,10% is a list of two. An empty text, $null and 0 are none.</summary>
/// <typeparam name="T">The value.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProfileValueAttribute<T> : ArgumentTransformationAttribute
    where T : class, IParsable<T>
{
    /// <summary>What stands between the parts.</summary>
    public string Separator { get; set; } = ",";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is T already)
        {
            return already;
        }

        if (ToText(inputData) is not { } text || string.IsNullOrWhiteSpace(text) || string.Equals(text, "0", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return T.Parse(text, provider: null);
        }
        catch (FormatException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    private string? ToText(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        null => null,
        IEnumerable several and not (string or IDictionary) => string.Join(Separator, several.Cast<object?>().Select(ToText)),
        var value => ValueText.Of(given) ?? throw ElementTransformationAttribute.NoValue(value),
    };
}
