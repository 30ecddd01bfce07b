using System.CommandLine;
using MacSegmentation.Addressing;
using MacSegmentation.Configuration;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Stores;

namespace MacSegmentation.Commands;

/// <summary>macseg apply: makes a store equal to a document.</summary>
internal static class ApplyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var document = new Argument<string>("FILE.json") { Description = "The document: every VLAN with what belongs to it, and every security group." };
        var store = StoreAccess.Option("The store; it is created on first use.");
        var whatIf = new Option<bool>("--what-if") { Description = "Show the changes and make none." };
        var reason = ReasonOption.Create();
        var json = OutputFormat.Option();
        var command = new Command("apply", "Makes a store equal to a document, in one transaction: all of it or nothing.") { document, store, whatIf, reason, json };
        StoreAccess.Require(command, store);
        command.SetAction(parsed =>
            Apply(parsed.GetRequiredValue(document), StoreAccess.PlaceOf(parsed, store), parsed.GetValue(whatIf), parsed.GetValue(reason), parsed.GetValue(json), terminal));
        return command;
    }

    private static void Apply(string documentPath, string place, bool isWhatIf, string? reason, bool asJson, Terminal terminal)
    {
        var document = ConfigurationFile.Read(documentPath);
        using var store = isWhatIf ? StoreAccess.OpenToAsk(place) : StoreAccess.OpenFor(place, empty => ConfigurationPlan.Preview(empty, document));
        string name = StoreAccess.NameOf(place, store);
        foreach (string warning in document.Vlans.SelectMany(vlan => ReservedAddresses.Warnings(vlan.Id, vlan.Ranges)))
        {
            terminal.Warn(warning);
        }

        var changes = terminal.Await("Working out the changes.", () => isWhatIf ? ConfigurationPlan.Preview(store, document) : ConfigurationPlan.Apply(store.WithReason(reason), document));
        if (asJson)
        {
            WriteJson(terminal.Output, changes, store.ReadRevision());
            return;
        }

        var table = new TextTable("Action", ">VLAN", "Subject", "Detail");
        foreach (var change in changes)
        {
            table.Add(change.Action.ToString(), change.VlanId == 0 ? string.Empty : $"{change.VlanId}", change.Subject, change.Detail);
        }

        if (changes.Count > 0)
        {
            terminal.Write(table);
            terminal.Output.WriteLine();
        }

        string count = changes.Count == 1 ? "1 change" : $"{changes.Count} changes";
        terminal.Output.WriteLine(changes.Count == 0
            ? $"{name} equals {documentPath}: nothing to change."
            : isWhatIf ? $"{count} would make {name} equal to {documentPath}." : $"{count} made {name} equal to {documentPath}, now at revision {store.ReadRevision()}.");
    }

    private static void WriteJson(TextWriter output, IReadOnlyList<ConfigurationChange> changes, long revision) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("revision", revision);
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("action", change.Action.ToString());
            json.WriteNumber("vlanId", change.VlanId);
            json.WriteString("subject", change.Subject);
            json.WriteString("detail", change.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
