using System.Reflection;
using System.Runtime.Loader;
using MacSegmentation.Pcap;
using MacSegmentation.Stores;

namespace MacSegmentation.Loading;

/// <summary>
/// Loads an assembly with its packages from <c>Dependencies/</c>, apart from whatever versions of them PowerShell or another module
/// has loaded ("Resolving PowerShell module assembly dependency conflicts", Microsoft Learn). Core and Dataplane are those that are loaded
/// already: their contracts are what both sides share.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext
{
    private static readonly Lazy<IMacStoreFactory> StoreFactory =
        new(() => (IMacStoreFactory)Create("MacSegmentation.Storage", "MacSegmentation.Stores.StoreFactory"));

    private readonly AssemblyDependencyResolver resolver;

    private DependencyContext(string name, string path)
        : base(name)
    {
        resolver = new AssemblyDependencyResolver(path);
    }

    /// <summary>Opens stores.</summary>
    public static IMacStoreFactory Stores => StoreFactory.Value;

    /// <summary>Makes what opens interfaces.</summary>
    /// <param name="library">Handle of the native packet capture library.</param>
    public static ICaptureLayer CreateCaptureLayer(nint library) =>
        (ICaptureLayer)Create("MacSegmentation.Capture", "MacSegmentation.Capture.SharpPcapLayer", library);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        "MacSegmentation.Core" => typeof(IMacStoreFactory).Assembly,
        "MacSegmentation.Dataplane" => typeof(ICaptureLayer).Assembly,
        _ => resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null,
    };

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static object Create(string assembly, string type, params object[] arguments)
    {
        string folder = Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location) ?? string.Empty;
        string path = Path.Join(folder, "Dependencies", $"{assembly}.dll");
        return Activator.CreateInstance(new DependencyContext(assembly, path).LoadFromAssemblyPath(path).GetType(type, throwOnError: true)!, arguments)!;
    }
}
