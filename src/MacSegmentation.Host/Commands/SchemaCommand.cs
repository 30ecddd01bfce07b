using System.CommandLine;
using MacSegmentation.Configuration;
using MacSegmentation.Output;

namespace MacSegmentation.Commands;

/// <summary>macseg schema: writes the JSON schema of the document.</summary>
internal static class SchemaCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("schema", "Writes the JSON schema of the document to standard output.");
        command.SetAction(_ => terminal.Output.Write(ConfigurationSchema.ToJson()));
        return command;
    }
}
