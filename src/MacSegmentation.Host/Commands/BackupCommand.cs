using System.CommandLine;
using MacSegmentation.Backups;
using MacSegmentation.Options;
using MacSegmentation.Output;

namespace MacSegmentation.Commands;

/// <summary>macseg backup and restore: all of a store in one file, and back.</summary>
internal static class BackupCommand
{
    private static readonly Listing<MacRestoreLoss> Losses = new(
        new("Kind", loss => loss.Kind),
        new("VlanId", loss => loss.VlanId),
        new("MacAddress", loss => loss.MacAddress),
        new("LastAddress", loss => loss.LastAddress),
        new("InstanceId", loss => loss.InstanceId),
        new("Handle", loss => loss.Handle),
        new("Since", loss => loss.Since));

    /// <summary>Makes the command that backs up.</summary>
    public static Command CreateBackup(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The backup; one that is there is replaced when the new one is whole." };
        var store = StoreAccess.Option("The store; it must exist.");
        var noClobber = new Option<bool>("--no-clobber") { Description = "Leave a backup alone that exists." };
        var json = OutputFormat.Option();
        var command = new Command("backup", "Writes all that a store holds to one file, as it is at one revision, whoever writes meanwhile.") { file, store, noClobber, json };
        StoreAccess.Require(command, store);
        command.SetAction(parsed =>
        {
            var backup = terminal.Await(
                "Backing up.", () => StoreAccess.Backup(StoreAccess.PlaceOf(parsed, store), parsed.GetRequiredValue(file), !parsed.GetValue(noClobber)));
            if (parsed.GetValue(json))
            {
                WriteJson(terminal.Output, backup);
            }
            else
            {
                terminal.Output.WriteLine(
                    $"{backup.Path} holds {backup.Source} at revision {backup.Revision}: {backup.Rows} rows with {backup.Allocations} allocations, {backup.Handles} handles and {backup.Blocks} blocks, SHA-256 {backup.Digest}.");
            }
        });
        return command;
    }

    /// <summary>Makes the command that restores.</summary>
    public static Command CreateRestore(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var store = StoreAccess.Option("The store; it is made if there is none.");
        var force = new Option<bool>("--force") { Description = "Replace a store that holds something, also what is in use and unknown to the backup." };
        var whatIf = new Option<bool>("--what-if") { Description = "List what is in use and would be forgotten, and restore nothing." };
        var reason = ReasonOption.Create();
        var json = OutputFormat.Option();
        var command = new Command("restore", "Makes a store what a backup holds, in one transaction: all of it or nothing.") { file, store, force, whatIf, reason, json };
        StoreAccess.Require(command, store);
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            string place = StoreAccess.PlaceOf(parsed, store);
            if (parsed.GetValue(whatIf))
            {
                Preview(terminal, path, place, parsed.GetValue(json));
                return;
            }

            var restored = terminal.Await("Restoring.", () => StoreAccess.Restore(path, place, parsed.GetValue(force), parsed.GetValue(reason)));
            if (parsed.GetValue(json))
            {
                WriteJson(terminal.Output, restored);
            }
            else
            {
                string instead = restored.ReplacedRevision is { } replaced ? $" in place of revision {replaced}" : string.Empty;
                terminal.Output.WriteLine($"{restored.Destination} is revision {restored.BackupRevision} of {restored.CreatedAt.UtcDateTime:u}{instead}, now at revision {restored.Revision}.");
            }

            if (restored.Lost > 0)
            {
                terminal.Warn($"{restored.Lost} that were in use are free now. What providers gave out they tell the store again; give the others to their owners before anyone else gets them.");
            }
        });
        return command;
    }

    private static void Preview(Terminal terminal, string path, string place, bool asJson)
    {
        var (backup, losses) = terminal.Await("Comparing the store with the backup.", () => StoreAccess.FindRestoreLosses(path, place));
        if (losses.Count == 0 && !asJson)
        {
            terminal.Output.WriteLine($"Nothing that is in use would be forgotten by revision {backup.Revision} of {backup.CreatedAt.UtcDateTime:u}.");
            return;
        }

        Losses.Write(terminal, losses, asJson);
    }

    private static void WriteJson(TextWriter output, MacStoreBackup backup) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("path", backup.Path);
        json.WriteString("createdAt", backup.CreatedAt);
        json.WriteString("source", backup.Source);
        json.WriteString("provider", backup.Provider);
        json.WriteNumber("formatVersion", backup.FormatVersion);
        json.WriteNumber("schemaVersion", backup.SchemaVersion);
        json.WriteString("storeId", backup.StoreId);
        json.WriteNumber("revision", backup.Revision);
        json.WriteNumber("vlans", backup.Vlans);
        json.WriteNumber("allocations", backup.Allocations);
        json.WriteNumber("handles", backup.Handles);
        json.WriteNumber("blocks", backup.Blocks);
        json.WriteNumber("rows", backup.Rows);
        json.WriteString("digest", backup.Digest);
        json.WriteNumber("length", backup.Length);
        json.WriteEndObject();
    });

    private static void WriteJson(TextWriter output, MacStoreRestore restored) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("path", restored.Path);
        json.WriteString("destination", restored.Destination);
        json.WriteNumber("backupRevision", restored.BackupRevision);
        json.WriteString("createdAt", restored.CreatedAt);
        if (restored.ReplacedRevision is { } replaced)
        {
            json.WriteNumber("replacedRevision", replaced);
        }
        else
        {
            json.WriteNull("replacedRevision");
        }

        json.WriteNumber("revision", restored.Revision);
        json.WriteNumber("rows", restored.Rows);
        json.WriteNumber("lost", restored.Lost);
        json.WriteEndObject();
    });
}
