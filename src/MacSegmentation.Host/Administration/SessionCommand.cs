using System.CommandLine;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.SessionReports;

namespace MacSegmentation.Administration;

/// <summary>macseg session: lists sessions and their instances, suspends and resumes them, and writes the report of one.</summary>
internal static class SessionCommand
{
    private static readonly Listing<MacSession> Sessions = new(
        new("Name", session => session.Name),
        new("VlanId", session => session.VlanId),
        new("DefaultProfile", session => session.DefaultProfile),
        new("Isolation", session => session.Isolation),
        new("State", session => session.State),
        new("Instances", session => session.Instances));

    private static readonly Listing<MacInstance> Instances = new(
        new("Name", instance => instance.Name),
        new("Session", instance => instance.Session),
        new("EffectiveProfile", instance => instance.EffectiveProfile),
        new("ProfileSource", instance => instance.ProfileSource),
        new("VlanId", instance => instance.VlanId),
        new("MacAddress", instance => instance.MacAddress));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = Name();
        return new Command("session", "Lists sessions and their instances, suspends and resumes them, and writes what one got.")
        {
            StoreCommand.Asking(terminal, "list", "Lists the sessions.", Sessions, (store, _) => store.ListSessions()),
            StoreCommand.Asking(
                terminal, "instances", "Lists the instances of a session.", Instances, (store, given) => store.ListInstances(SessionCatalog.Get(store, given.GetRequiredValue(name)).Name), name),
            Changing(terminal, "suspend", "Suspends a session: its instances have no profile until it is resumed.", SessionState.Suspended),
            Changing(terminal, "resume", "Resumes a session: its instances have their profiles again.", SessionState.Running),
            Report(),
        };
    }

    private static Command Changing(Terminal terminal, string verb, string description, SessionState state)
    {
        var name = Name();
        return StoreCommand.Changing(terminal, verb, description, Sessions, (store, given) => [SessionCatalog.Change(store, given.GetRequiredValue(name), new SessionChange { State = state })], name);
    }

    private static Command Report()
    {
        var name = Name();
        var store = StoreAccess.Option("The store; it must exist.");
        var output = new Option<string>("--output") { Description = "The file to write: a page with pictures if its name ends in .html, JSON if in .json.", HelpName = "FILE", Required = true };
        var since = ParsedOption.CreateMoment("--since", "The beginning of the time that it tells of; the first that is known if not given.");
        var until = ParsedOption.CreateMoment("--until", "The end of that time; now if not given.");
        var noClobber = new Option<bool>("--no-clobber") { Description = "Leave a file alone that exists." };
        var command = new Command("report", "Writes what was asked of the network of a session's instances, and what they got, over time.") { name, store, output, since, until, noClobber };
        StoreAccess.Require(command, store);
        command.SetAction(given =>
        {
            string path = given.GetRequiredValue(output);
            bool mayReplace = !given.GetValue(noClobber);
            SessionReportFile.Require(path, mayReplace);
            using var opened = StoreAccess.OpenToRead(StoreAccess.PlaceOf(given, store));
            var report = opened.Read(reader => SessionReporter.Read(reader, given.GetRequiredValue(name), given.GetValue(since), given.GetValue(until)));
            SessionReportFile.Write(path, report, mayReplace);
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The session." };
}
