using System.CommandLine;
using MacSegmentation.Errors;
using MacSegmentation.Output;
using MacSegmentation.Services;

namespace MacSegmentation.Commands;

/// <summary>macseg service run: what the service control manager of Windows starts a service by.</summary>
internal static class ServiceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal, string[] args)
    {
        var name = new Argument<string>("NAME") { Description = "The service." };
        var line = new Argument<string[]>("COMMAND") { Description = "The command that it is, with its options, behind '--'.", Arity = ArgumentArity.OneOrMore };
        var run = new Command("run", "Runs a command as a service of Windows; the service control manager starts it.") { name, line };
        run.SetAction(given =>
        {
            string[] command = given.GetRequiredValue(line);
            if (command[0] is "service")
            {
                throw new MacSegmentationException("InvalidServiceCommand", MacErrorKind.InvalidArgument, "A service is one of the commands enforce, provide and watch.", command[0]);
            }

            return OperatingSystem.IsWindows()
                ? new WindowsService(given.GetRequiredValue(name), new NativeServiceControl(), () => MacsegCommand.Run(command, terminal)).Run()
                : throw new MacSegmentationException(
                    "ServiceNotStarted", MacErrorKind.InvalidOperation, "'macseg service run' is for Windows. On Linux systemd starts the command itself: see Install-MacService.", given.GetRequiredValue(name));
        });
        return new Command("service", "Runs a command as a service of Windows.") { run };
    }
}
