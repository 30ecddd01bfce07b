using MacSegmentation.Following;
using MacSegmentation.Stores;

namespace MacSegmentation.Lab.Network;

/// <summary>A store on disk with two handles, as two processes have them: administrators write to one, an enforcer follows the other.</summary>
public sealed class LabStore : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macseg-lab-");
    private readonly IMacStore administrators;
    private readonly IMacStore followed;

    /// <summary>Creates it.</summary>
    public LabStore()
    {
        var options = new MacStoreOptions { Path = Path.Join(folder.FullName, "store.db") };
        administrators = new StoreFactory().Open(options);
        followed = new StoreFactory().Open(options);
    }

    /// <summary>Its newest revision.</summary>
    public long Revision => administrators.ReadRevision();

    /// <summary>Changes it; when this returns, the change is durable, and not yet known to whoever follows.</summary>
    public T Write<T>(Func<IStoreWriter, T> change) => administrators.Write(change);

    /// <summary>Writes a file beside it, which goes with it.</summary>
    /// <returns>Its path.</returns>
    public string WriteFile(string name, string text)
    {
        string path = Path.Join(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Reads it, for an enforcer that is to follow it. Whoever calls disposes what he gets before the store.</summary>
    public StoreFollower Follow() => new(followed);

    /// <inheritdoc/>
    public void Dispose()
    {
        followed.Dispose();
        administrators.Dispose();
        folder.Delete(recursive: true);
    }
}
