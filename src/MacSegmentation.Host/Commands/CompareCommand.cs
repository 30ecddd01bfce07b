using System.CommandLine;
using MacSegmentation.Merging;
using MacSegmentation.Options;
using MacSegmentation.Output;

namespace MacSegmentation.Commands;

/// <summary>macseg compare: in what two stores collide, before they are joined.</summary>
internal static class CompareCommand
{
    private static readonly Listing<MacStoreCollision> Collisions = new(
        new("Kind", collision => collision.Kind),
        new("VlanId", collision => collision.VlanId),
        new("Subject", collision => collision.Subject),
        new("Here", collision => collision.Here),
        new("There", collision => collision.There));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var here = StoreAccess.Option("One store; it must exist.");
        var there = new Option<string>("--with") { Description = "The other one; it must exist.", HelpName = "STORE", Required = true };
        var json = OutputFormat.Option();
        var command = new Command("compare", "Lists every address, handle, range and name in which two stores collide; changes neither.") { here, there, json };
        StoreAccess.Require(command, here);
        command.SetAction(parsed =>
        {
            using var one = StoreAccess.OpenToRead(StoreAccess.PlaceOf(parsed, here));
            using var other = StoreAccess.OpenToRead(parsed.GetRequiredValue(there));
            var collisions = terminal.Await("Comparing.", () => one.Read(reader => other.Read(otherReader => StoreComparison.Compare(reader, otherReader))));
            if (collisions.Count > 0 || parsed.GetValue(json))
            {
                Collisions.Write(terminal, collisions, parsed.GetValue(json));
            }
            else
            {
                terminal.Output.WriteLine("Nothing collides.");
            }
        });
        return command;
    }
}
