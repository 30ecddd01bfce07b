using System.CommandLine;
using MacSegmentation.Configuration;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Commands;

/// <summary>How the commands come to a store.</summary>
internal static class StoreAccess
{
    /// <summary>The option that names a store.</summary>
    public static Option<string> Option(string description) => new("--store") { Description = description, HelpName = "FILE.db" };

    /// <summary>Opens a store, and creates it if it does not exist.</summary>
    public static IMacStore Open(string? path) => new StoreFactory().Open(new MacStoreOptions { Path = path });

    /// <summary>Opens a store that must exist: an enforcer on a mistyped path would otherwise run on an empty store and allow everything.</summary>
    public static IMacStore OpenExisting(string path) => Path.Exists(path)
        ? Open(path)
        : throw new MacSegmentationException(
            "StoreNotFound", MacErrorKind.NotFound, $"The store {path} does not exist. Make it with macseg apply --store {path} FILE.json, or with Connect-MacStore.", path);

    /// <summary>Makes a temporary store that equals a document.</summary>
    public static IMacStore OpenTemporary(MacConfiguration document)
    {
        var store = Open(path: null);
        try
        {
            ConfigurationPlan.Apply(store, document);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
