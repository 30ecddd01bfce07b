using System.CommandLine;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.RunningEnforcers;

namespace MacSegmentation.Administration;

/// <summary>macseg enforcers: lists the enforcers of every host that follow a store.</summary>
internal static class EnforcersCommand
{
    private static readonly Listing<MacRunningEnforcer> Enforcers = new(
        new("HostName", enforcer => enforcer.HostName),
        new("Process", enforcer => enforcer.Process),
        new("Name", enforcer => enforcer.Name),
        new("Kind", enforcer => enforcer.Kind),
        new("State", enforcer => enforcer.State),
        new("PortCount", enforcer => enforcer.PortCount),
        new("PortsDown", enforcer => enforcer.PortsDown),
        new("Revision", enforcer => enforcer.Revision),
        new("FramesDenied", enforcer => enforcer.FramesDenied),
        new("StartedAt", enforcer => enforcer.StartedAt),
        new("SeenAt", enforcer => enforcer.SeenAt));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var store = StoreAccess.Option("The store; it must exist.");
        store.Required = true;
        var json = OutputFormat.Option();
        var command = new Command("enforcers", "Lists the enforcers of every host that follow a store, as they told of themselves last.") { store, json };
        command.SetAction(given =>
        {
            using var opened = StoreAccess.OpenToRead(given.GetRequiredValue(store));
            Enforcers.Write(terminal, opened.Read(reader => reader.ListRunningEnforcers()), given.GetValue(json));
        });
        return command;
    }
}
