using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using MacSegmentation.Administration;
using MacSegmentation.Errors;
using MacSegmentation.Output;

namespace MacSegmentation.Commands;

/// <summary>The command line of macseg: what is written on it, and what every command does alike when it fails.</summary>
internal static class MacsegCommand
{
    private const int WrongUsage = 2;

    /// <summary>A line that has every option: that of the help.</summary>
    private static readonly string[] AnyLine = [];

    /// <summary>The commands by name, in the order of the help. Each is made for a line, and may leave out what cannot be on that.</summary>
    private static readonly OrderedDictionary<string, Func<Terminal, string[], Command>> Commands = new(StringComparer.Ordinal)
    {
        ["enforce"] = EnforceCommand.Create,
        ["trace"] = (terminal, _) => TraceCommand.Create(terminal),
        ["provide"] = (terminal, _) => ProvideCommand.Create(terminal),
        ["request"] = (terminal, _) => RequestCommand.Create(terminal),
        ["watch"] = (terminal, _) => WatchCommand.Create(terminal),
        ["service"] = ServiceCommand.Create,
        ["apply"] = (terminal, _) => ApplyCommand.Create(terminal),
        ["export"] = (terminal, _) => ExportCommand.Create(terminal),
        ["export-policy"] = (terminal, _) => ExportPolicyCommand.Create(terminal),
        ["copy"] = (terminal, _) => CopyCommand.Create(terminal),
        ["backup"] = (terminal, _) => BackupCommand.CreateBackup(terminal),
        ["restore"] = (terminal, _) => BackupCommand.CreateRestore(terminal),
        ["compare"] = (terminal, _) => CompareCommand.Create(terminal),
        ["schema"] = (terminal, _) => SchemaCommand.Create(terminal),
        ["devices"] = (terminal, _) => DevicesCommand.Create(terminal),
        ["find"] = (terminal, _) => FindCommand.Create(terminal),
        ["audit"] = (terminal, _) => AuditCommand.Create(terminal),
        ["handle"] = (terminal, _) => HandleCommand.Create(terminal),
        ["provider"] = (terminal, _) => ProviderCommand.Create(terminal),
        ["block"] = (terminal, _) => BlockCommand.Create(terminal),
        ["client"] = (terminal, _) => ClientCommand.Create(terminal),
        ["session"] = (terminal, _) => SessionCommand.Create(terminal),
        ["enforcers"] = (terminal, _) => EnforcersCommand.Create(terminal),
    };

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        var parsed = Parse(args, terminal);
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

    /// <summary>Reads the line with the options that can be on it alone, as making all of them takes longer than reading; help and mistakes want all.</summary>
    private static ParseResult Parse(string[] args, Terminal terminal)
    {
        var parsed = args is [var name, ..] && Commands.TryGetValue(name, out var create) ? Create([create(terminal, args)]).Parse(args) : null;
        return parsed is { Errors.Count: 0, Action: not HelpAction } ? parsed : Create(Commands.Values.Select(create => create(terminal, AnyLine))).Parse(args);
    }

    private static RootCommand Create(IEnumerable<Command> commands)
    {
        var root = new RootCommand(
            "Segments a layer-2 network by MAC addresses: judges frames between interfaces or in capture files, gives devices their addresses, and makes stores equal to documents. "
            + "Exit codes: 0 done, 1 an error (one line on standard error, with its id in brackets), 2 wrong usage.");
        foreach (var command in commands)
        {
            root.Add(command);
        }

        root.Add(new Option<bool>(Terminal.NoColor) { Description = "Write plain text on a terminal too, without colour and progress; so does the environment variable NO_COLOR.", Recursive = true });
        return root;
    }
}
