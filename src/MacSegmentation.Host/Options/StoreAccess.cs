using System.CommandLine;
using MacSegmentation.Backups;
using MacSegmentation.Configuration;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Options;

/// <summary>How the commands come to a store.</summary>
internal static class StoreAccess
{
    /// <summary>The variable of the environment that names the store where no option does: a password in an argument would be seen by every user of the host.</summary>
    public const string Variable = MacStoreOptions.PlaceVariable;

    private static readonly StoreFactory Factory = new();

    /// <summary>The option that names a store.</summary>
    public static Option<string> Option(string description) => new("--store")
    {
        Description = $"{description} A file, or a connection string of PostgreSQL: 'Host=db;Database=macseg' or postgresql://db/macseg. Without it, the store that the environment variable {Variable} names.",
        HelpName = "STORE",
    };

    /// <summary>Makes sure that a command is told a store. The environment's is no default of the option, because those stand in the help, and it may hold a password.</summary>
    /// <param name="command">The command.</param>
    /// <param name="store">Its option.</param>
    public static void Require(Command command, Option<string> store) => command.Validators.Add(given =>
    {
        if (given.GetResult(store) is null && MacStoreOptions.DefaultPlace is null)
        {
            given.AddError($"Option '--store' is required. Name the store with --store STORE, or in the environment variable {Variable}.");
        }
    });

    /// <summary>The store that a command is told: by its option, or else by the environment.</summary>
    /// <param name="given">What the command was given.</param>
    /// <param name="store">Its option.</param>
    public static string PlaceOf(ParseResult given, Option<string> store) => given.GetValue(store) ?? MacStoreOptions.DefaultPlace ?? string.Empty;

    /// <summary>Opens a store, and creates it if it does not exist.</summary>
    /// <param name="place">A file's path or a connection string.</param>
    public static IMacStore Open(string place) => Factory.Open(MacStoreOptions.At(place));

    /// <summary>Opens a store that must exist: an enforcer on a mistyped path would otherwise run on an empty store and allow everything.</summary>
    /// <param name="place">A file's path or a connection string.</param>
    public static IMacStore OpenExisting(string place) => Factory.Open(MacStoreOptions.At(place) with { MustExist = true });

    /// <summary>Opens a store that must exist, for one who changes nothing in it: the right to read is enough.</summary>
    /// <param name="place">A file's path or a connection string.</param>
    public static IMacStore OpenToRead(string place) => Factory.OpenToRead(MacStoreOptions.At(place));

    /// <summary>Opens a store that must exist, for one who can go on without it.</summary>
    /// <param name="place">A file's path or a connection string.</param>
    /// <param name="busyTimeout">How long to wait while others keep it.</param>
    /// <param name="retryTime">How long to try again what a server or the network broke.</param>
    public static IMacStore OpenExisting(string place, TimeSpan busyTimeout, TimeSpan retryTime) =>
        Factory.Open(MacStoreOptions.At(place) with { MustExist = true, BusyTimeout = busyTimeout, RetryTime = retryTime });

    /// <summary>Opens a store, or an empty temporary one if it does not exist: asking what would be must not leave a new store behind.</summary>
    /// <param name="place">A file's path or a connection string.</param>
    public static IMacStore OpenToAsk(string place) => FindExisting(place) ?? Factory.Open(new MacStoreOptions());

    /// <summary>Opens a store; one that does not exist is created only if what is to be done can be done in an empty one: a failure must not leave a new store behind.</summary>
    /// <param name="place">A file's path or a connection string.</param>
    /// <param name="rehearse">Does it, or throws.</param>
    public static IMacStore OpenFor(string place, Action<IMacStore> rehearse)
    {
        if (FindExisting(place) is { } existing)
        {
            return existing;
        }

        using (var empty = Factory.Open(new MacStoreOptions()))
        {
            rehearse(empty);
        }

        return Open(place);
    }

    private static IMacStore? FindExisting(string place)
    {
        try
        {
            return OpenExisting(place);
        }
        catch (MacSegmentationException error) when (string.Equals(error.ErrorId, "StoreNotFound", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Copies a store.</summary>
    /// <param name="source">A file's path or a connection string.</param>
    /// <param name="destination">A file's path or a connection string.</param>
    public static MacStoreCopy Copy(string source, string destination) => Factory.Copy(MacStoreOptions.At(source), MacStoreOptions.At(destination));

    /// <summary>Backs a store up.</summary>
    /// <param name="source">A file's path or a connection string.</param>
    /// <param name="path">The backup.</param>
    /// <param name="mayReplace">False to leave a backup alone that exists.</param>
    public static MacStoreBackup Backup(string source, string path, bool mayReplace) => Factory.Backup(MacStoreOptions.At(source), path, mayReplace);

    /// <summary>What a restore would forget.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="destination">A file's path or a connection string.</param>
    public static (MacStoreBackup Backup, IReadOnlyList<MacRestoreLoss> Losses) FindRestoreLosses(string path, string destination) =>
        (Factory.ReadBackup(path), Factory.FindRestoreLosses(path, MacStoreOptions.At(destination)));

    /// <summary>Restores a store.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="destination">A file's path or a connection string.</param>
    /// <param name="force">True to replace a store that holds something.</param>
    /// <param name="reason">Why; null for no reason.</param>
    public static MacStoreRestore Restore(string path, string destination, bool force, string? reason) => Factory.Restore(path, MacStoreOptions.At(destination), force, reason);

    /// <summary>What a store is called: a file by the path that was given, a server without the password that may have been.</summary>
    public static string NameOf(string place, IMacStore store) =>
        !MacStoreOptions.IsConnectionString(place) ? place : string.Equals(store.Info.Provider, "SQLite", StringComparison.Ordinal) ? "the new store" : store.Info.Path;

    /// <summary>Makes a temporary store that equals a document.</summary>
    public static IMacStore OpenTemporary(MacConfiguration document)
    {
        var store = Factory.Open(new MacStoreOptions());
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
