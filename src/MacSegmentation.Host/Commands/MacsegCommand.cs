using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.Administration;
using MacSegmentation.Errors;
using MacSegmentation.Output;

namespace MacSegmentation.Commands;

/// <summary>The command line of macseg: what is written on it, and what every command does alike when it fails.</summary>
internal static class MacsegCommand
{
    private const int WrongUsage = 2;

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        var parsed = Create(terminal).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                terminal.Refuse(string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            }

            terminal.Note($"See {NameOf(parsed.CommandResult)} --help");
            return WrongUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
#pragma warning disable CA1031 // A user gets a sentence for whatever went wrong; a stack trace helps none of them.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return terminal.Report(error);
        }
    }

    /// <summary>A command as it is typed: behind those that it belongs to.</summary>
    private static string NameOf(CommandResult given) => given.Parent is CommandResult owner ? $"{NameOf(owner)} {given.Command.Name}" : "macseg";

    private static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand(
            "Segments a layer-2 network by MAC addresses: judges frames between interfaces or in capture files, gives devices their addresses, and makes stores equal to documents. "
            + "Exit codes: 0 done, 1 an error (one line on standard error, with its id in brackets), 2 wrong usage.")
        {
            EnforceCommand.Create(terminal),
            TraceCommand.Create(terminal),
            ProvideCommand.Create(terminal),
            ApplyCommand.Create(terminal),
            ExportCommand.Create(terminal),
            CopyCommand.Create(terminal),
            CompareCommand.Create(terminal),
            SchemaCommand.Create(terminal),
            DevicesCommand.Create(terminal),
            HandleCommand.Create(terminal),
            ProviderCommand.Create(terminal),
            BlockCommand.Create(terminal),
            ClientCommand.Create(terminal),
        };
        root.Add(new Option<bool>(Terminal.NoColor) { Description = "Write plain text on a terminal too, without colour and progress; so does the environment variable NO_COLOR.", Recursive = true });
        return root;
    }
}
