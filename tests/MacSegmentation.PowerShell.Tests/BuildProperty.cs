using System.Reflection;

namespace MacSegmentation;

/// <summary>What the project file hands over to its tests.</summary>
internal static class BuildProperty
{
    /// <summary>The value of an AssemblyMetadata item.</summary>
    /// <param name="name">The item's name.</param>
    public static string Get(string name) => typeof(BuildProperty).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => string.Equals(metadata.Key, name, StringComparison.Ordinal)).Value!;
}
