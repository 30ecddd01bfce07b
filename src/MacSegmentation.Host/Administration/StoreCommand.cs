using System.CommandLine;
using MacSegmentation.Commands;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.Administration;

/// <summary>Makes commands that ask or change a store and list what came of it.</summary>
internal static class StoreCommand
{
    /// <summary>A command that asks the store.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="name">The command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="listing">How the answer is listed.</param>
    /// <param name="ask">The question, with what was given on the command line.</param>
    /// <param name="symbols">Its arguments and options.</param>
    public static Command Asking<T>(
        Terminal terminal, string name, string description, Listing<T> listing, Func<IStoreReader, ParseResult, IEnumerable<T>> ask, params Symbol[] symbols) =>
        Create(terminal, name, description, listing, (store, given) => store.Read(reader => ask(reader, given).ToList()), symbols);

    /// <summary>A command that changes the store, in one transaction.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="name">The command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="listing">How what came of it is listed.</param>
    /// <param name="change">The change, with what was given on the command line.</param>
    /// <param name="symbols">Its arguments and options.</param>
    public static Command Changing<T>(
        Terminal terminal, string name, string description, Listing<T> listing, Func<IStoreWriter, ParseResult, IEnumerable<T>> change, params Symbol[] symbols) =>
        Create(
            terminal,
            name,
            description,
            listing,
            (store, given) => store.WithReason(given.GetValue<string>(ReasonOption.Name)).Write(writer =>
            {
                SharedStore.Require(writer);
                return change(writer, given).ToList();
            }),
            Array.Exists(symbols, symbol => string.Equals(symbol.Name, ReasonOption.Name, StringComparison.Ordinal)) ? symbols : [.. symbols, ReasonOption.Create()]);

    private static Command Create<T>(
        Terminal terminal, string name, string description, Listing<T> listing, Func<IMacStore, ParseResult, List<T>> run, Symbol[] symbols)
    {
        var store = StoreAccess.Option("The store; it must exist.");
        var json = OutputFormat.Option();
        var command = new Command(name, description);
        foreach (var symbol in (Symbol[])[.. symbols, store, json])
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        StoreAccess.Require(command, store);
        command.SetAction(given =>
        {
            using var opened = StoreAccess.OpenExisting(StoreAccess.PlaceOf(given, store));
            listing.Write(terminal, run(opened, given), given.GetValue(json));
        });
        return command;
    }
}
