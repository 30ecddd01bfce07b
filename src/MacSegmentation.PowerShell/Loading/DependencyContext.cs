using System.Reflection;
using System.Runtime.Loader;
using MacSegmentation.Stores;

namespace MacSegmentation.Loading;

/// <summary>
/// Loads the storage assembly with its packages from <c>Dependencies/</c>, apart from whatever versions of them PowerShell or another module
/// has loaded ("Resolving PowerShell module assembly dependency conflicts", Microsoft Learn). Core is the one that is loaded already: its
/// contracts are what both sides share.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext
{
    private const string StorageAssembly = "MacSegmentation.Storage";
    private const string StoreFactory = "MacSegmentation.Stores.StoreFactory";

    private static readonly Lazy<IMacStoreFactory> Factory = new(CreateFactory);

    private readonly AssemblyDependencyResolver resolver;

    private DependencyContext(string assemblyPath)
        : base(StorageAssembly)
    {
        resolver = new AssemblyDependencyResolver(assemblyPath);
    }

    /// <summary>Opens stores.</summary>
    public static IMacStoreFactory Stores => Factory.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var core = typeof(IMacStoreFactory).Assembly;
        if (string.Equals(assemblyName.Name, core.GetName().Name, StringComparison.OrdinalIgnoreCase))
        {
            return core;
        }

        return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static IMacStoreFactory CreateFactory()
    {
        string folder = Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location) ?? string.Empty;
        string path = Path.Join(folder, "Dependencies", $"{StorageAssembly}.dll");
        var type = new DependencyContext(path).LoadFromAssemblyPath(path).GetType(StoreFactory, throwOnError: true)!;
        return (IMacStoreFactory)Activator.CreateInstance(type)!;
    }
}
