using System.CommandLine;
using MacSegmentation.Configuration;
using MacSegmentation.Options;
using MacSegmentation.Output;

namespace MacSegmentation.Commands;

/// <summary>macseg export: writes the document that a store equals.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var store = StoreAccess.Option("The store; it must exist.");
        var command = new Command("export", "Writes the document that a store equals to standard output.") { store };
        StoreAccess.Require(command, store);
        command.SetAction(parsed =>
        {
            using var opened = StoreAccess.OpenToRead(StoreAccess.PlaceOf(parsed, store));
            var (document, left) = opened.Read(reader => (StoreConfiguration.Read(reader), StoreConfiguration.DescribeLeft(reader)));
            terminal.Output.Write(document.ToJson());
            if (left is not null)
            {
                terminal.Warn($"The document does not hold {left}, and not the audit. macseg backup keeps all.");
            }
        });
        return command;
    }
}
