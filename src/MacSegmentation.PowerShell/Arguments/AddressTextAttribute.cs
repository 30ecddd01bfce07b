using System.Collections;
using System.Management.Automation;

namespace MacSegmentation.Arguments;

/// <summary>The argument is an IP address or a MAC address, as text or as an object; of other objects the properties are looked at.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressTextAttribute : NamedAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => base.Transform(engineIntrinsics, ToText(inputData));

    private static object? ToText(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        IEnumerable several and not string => several.Cast<object?>().Select(ToText).ToArray(),
        _ => ValueText.Of(given) ?? given,
    };
}
