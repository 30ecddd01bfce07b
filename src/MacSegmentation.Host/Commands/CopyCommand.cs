using System.CommandLine;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Stores;

namespace MacSegmentation.Commands;

/// <summary>macseg copy: copies a store whole to a place where there is none yet.</summary>
internal static class CopyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var store = StoreAccess.Option("The store; it must exist.");
        var destination = new Option<string>("--to")
        {
            Description = "The place of the copy, a file or a connection string; there must be no store yet, or an empty one.",
            HelpName = "STORE",
            Required = true,
        };
        var json = OutputFormat.Option();
        var command = new Command("copy", "Copies a store whole, from a file or a PostgreSQL server to either, and compares the copy before it is kept.") { store, destination, json };
        StoreAccess.Require(command, store);
        command.SetAction(parsed =>
        {
            var copy = terminal.Await("Copying, and comparing the copy.", () => StoreAccess.Copy(StoreAccess.PlaceOf(parsed, store), parsed.GetRequiredValue(destination)));
            if (parsed.GetValue(json))
            {
                WriteJson(terminal.Output, copy);
            }
            else
            {
                terminal.Output.WriteLine($"{copy.Destination} equals {copy.Source} at revision {copy.Revision}: {copy.Rows} rows, SHA-256 {copy.Digest}.");
            }
        });
        return command;
    }

    private static void WriteJson(TextWriter output, MacStoreCopy copy) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("source", copy.Source);
        json.WriteString("destination", copy.Destination);
        json.WriteNumber("rows", copy.Rows);
        json.WriteNumber("revision", copy.Revision);
        json.WriteString("digest", copy.Digest);
        json.WriteEndObject();
    });
}
