using System.Management.Automation;
using MacSegmentation.Providers;

namespace MacSegmentation.Arguments;

/// <summary>The argument names a provider: by its name, or by the provider as an object.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProviderNameAttribute : NamedAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => base.Transform(engineIntrinsics, FindName(inputData));

    private static object? FindName(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        MacProvider provider => provider.Name,
        object[] several => several.Select(FindName).ToArray(),
        _ => given,
    };
}
