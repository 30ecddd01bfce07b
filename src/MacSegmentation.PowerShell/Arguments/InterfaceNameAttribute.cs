using System.Management.Automation;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Arguments;

/// <summary>The argument names an interface record: by its name, or by the record or one of its address pairs as an object.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InterfaceNameAttribute : NamedAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => base.Transform(engineIntrinsics, FindName(inputData));

    private static object? FindName(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        MacInterface record => record.Name,
        MacAddressPair pair => pair.InterfaceName,
        object[] several => several.Select(FindName).ToArray(),
        _ => given,
    };
}
