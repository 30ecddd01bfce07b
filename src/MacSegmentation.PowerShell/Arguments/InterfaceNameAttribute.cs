using System.Management.Automation;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Arguments;

/// <summary>The argument names an interface record: by its name, or by the record, one of its address pairs or an adapter of Hyper-V as an object.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InterfaceNameAttribute : NamedAttribute
{
    /// <summary>What tells an adapter of Hyper-V, also behind a remote session or a file, from other things that have a name and a machine's.</summary>
    private const string AdapterProperty = "IsManagementOs";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => base.Transform(engineIntrinsics, FindName(inputData));

    private static object? FindName(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        MacInterface record => record.Name,
        MacAddressPair pair => pair.InterfaceName,
        object[] several => several.Select(FindName).ToArray(),
        null or string => given,
        _ => AdapterName(PSObject.AsPSObject(given!)) ?? given,
    };

    /// <summary>Adapters are all called alike: a record has the machine's name in front.</summary>
    private static string? AdapterName(PSObject given) =>
        given.Properties[AdapterProperty] is not null && given.Properties["Name"]?.Value is { } name
            ? given.Properties["VMName"]?.Value is string { Length: > 0 } machine ? $"{machine}/{name}" : $"{name}"
            : null;
}
