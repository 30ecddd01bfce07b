using System.CommandLine;
using MacSegmentation.Finding;
using MacSegmentation.Options;
using MacSegmentation.Output;

namespace MacSegmentation.Administration;

/// <summary>macseg find: says who uses an address.</summary>
internal static class FindCommand
{
    private static readonly Listing<MacAddressUse> Uses = new(
        new("MacAddress", use => use.MacAddress),
        new("State", use => use.State),
        new("VlanId", use => use.VlanId),
        new("InstanceId", use => use.InstanceId),
        new("Handle", use => use.Handle?.Handle),
        new("Block", use => use.Block?.Provider),
        new("Interface", use => string.Join(", ", use.Interface.Select(record => string.Join(' ', [record.Name, .. record.IPAddress.Select(own => $"{own}")])))),
        new("AddressPair", use => string.Join(", ", use.AddressPair)),
        new("Policy", use => string.Join("; ", use.Policy)),
        new("Sighting", use => string.Join("; ", use.Sighting)));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "A MAC address, an IP address, or the name of an instance." };
        var store = StoreAccess.Option("The store; it must exist.");
        var history = new Option<bool>("--history") { Description = "List what happened to it instead, as the audit says." };
        var json = OutputFormat.Option();
        var command = new Command("find", "Says who uses an address: its allocation, records, handle, block and policies, and where enforcers have it.") { address, store, history, json };
        StoreAccess.Require(command, store);
        command.SetAction(given =>
        {
            using var opened = StoreAccess.OpenToRead(StoreAccess.PlaceOf(given, store));
            string asked = given.GetRequiredValue(address);
            if (given.GetValue(history))
            {
                var events = opened.Read(reader => AddressFinder.Find(reader, asked, AuditCommand.MostOfHistory)).SelectMany(use => use.History);
                AuditCommand.Events.Write(terminal, events.DistinctBy(entry => entry.AuditId).OrderBy(entry => entry.AuditId), given.GetValue(json));
            }
            else
            {
                Uses.Write(terminal, opened.Read(reader => AddressFinder.Find(reader, asked, history: 0)), given.GetValue(json));
            }
        });
        return command;
    }
}
