using System.CommandLine;
using MacSegmentation.Output;

namespace MacSegmentation.Commands;

/// <summary>macseg devices: the interfaces that an enforcer can open, and why it cannot open others.</summary>
internal static class DevicesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("devices", "Lists the interfaces that an enforcer can open, and why it cannot open others.");
        command.SetAction(_ => terminal.Output.WriteLine("soon"));
        return command;
    }
}
