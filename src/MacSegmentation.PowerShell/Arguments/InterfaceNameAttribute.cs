using System.Management.Automation;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Arguments;

/// <summary>The argument names an interface record: by its name, or by the record, one of its address pairs or an adapter of Hyper-V as an object.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InterfaceNameAttribute : NamedAttribute
{
    /// <summary>What tells an adapter of Hyper-V, also behind a remote session or a file, from other things that have a name and a machine's.</summary>
    private const string AdapterProperty = "IsManagementOs";

    /// <summary>What names a record in an object that is neither ours nor an adapter.</summary>
    private static readonly string[] NameProperties = ["Name", "InterfaceName", "Interface"];

    /// <summary>
    /// Whether any object's name is a record's. It stands for the binding by property name, which would take the name that all adapters have, before an object could be looked at.
    /// </summary>
    public bool TakesName { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => base.Transform(engineIntrinsics, FindName(inputData));

    private object? FindName(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        MacInterface record => record.Name,
        MacAddressPair pair => pair.InterfaceName,
        object[] several => several.Select(FindName).ToArray(),
        null or string or ValueType => given,
        _ => AdapterName(PSObject.AsPSObject(given!)) ?? (TakesName ? PropertyName(PSObject.AsPSObject(given!)) : null) ?? given,
    };

    private static object? PropertyName(PSObject given) =>
        NameProperties.Select(name => given.Properties[name]?.Value).FirstOrDefault(value => value is not null);

    /// <summary>Adapters are all called alike: a record has the machine's name in front.</summary>
    private static string? AdapterName(PSObject given) =>
        given.Properties[AdapterProperty] is not null && given.Properties["Name"]?.Value is { } name
            ? given.Properties["VMName"]?.Value?.ToString() is { Length: > 0 } machine ? $"{machine}/{name}" : $"{name}"
            : null;
}
