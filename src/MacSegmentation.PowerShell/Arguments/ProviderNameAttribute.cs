using System.Management.Automation;
using MacSegmentation.Providers;

namespace MacSegmentation.Arguments;

/// <summary>The argument names a provider: by its name, or by the provider as an object, live or saved.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProviderNameAttribute : NamedAttribute
{
    /// <summary>What tells a saved provider from other things that have a name.</summary>
    private static readonly string[] ProviderProperties = [nameof(MacProvider.LowWater), nameof(MacProvider.BlockSize)];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => base.Transform(engineIntrinsics, FindName(inputData));

    private static object? FindName(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        MacProvider provider => provider.Name,
        object[] several => several.Select(FindName).ToArray(),
        PSCustomObject => SavedName((PSObject)given!) ?? given,
        _ => given,
    };

    private static object? SavedName(PSObject saved) =>
        Array.TrueForAll(ProviderProperties, name => saved.Properties[name] is not null) ? saved.Properties[nameof(MacProvider.Name)]?.Value : null;
}
