using System.CommandLine;
using MacSegmentation.Auditing;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Stores;
using MacSegmentation.Undoing;

namespace MacSegmentation.Administration;

/// <summary>macseg audit: who changed what, when and why.</summary>
internal static class AuditCommand
{
    /// <summary>So many events of the history of one thing are listed.</summary>
    public const int MostOfHistory = 10_000;

    /// <summary>How events are listed.</summary>
    public static Listing<MacAuditEvent> Events { get; } = new(
        new("Time", entry => entry.Time),
        new("User", entry => entry.User),
        new("HostName", entry => entry.HostName),
        new("Process", entry => entry.Process),
        new("Action", entry => entry.Action),
        new("VlanId", entry => entry.VlanId),
        new("Subject", entry => entry.Subject),
        new("Detail", entry => entry.Detail),
        new("Revision", entry => entry.Revision),
        new("Reason", entry => entry.Reason));

    private static readonly Listing<MacRevisionDifference> Differences = new(
        new("Kind", difference => difference.Kind),
        new("Table", difference => difference.Table),
        new("Record", difference => difference.Record),
        new("Name", difference => difference.Name),
        new("Property", difference => difference.Property),
        new("Before", difference => difference.Before),
        new("After", difference => difference.After));

    private static readonly Listing<MacUndoStep> Steps = new(
        new("IsUndone", step => step.IsUndone ? "yes" : "no"),
        new("Kind", step => step.Kind),
        new("Table", step => step.Table),
        new("Record", step => step.Record),
        new("Name", step => step.Name),
        new("Reason", step => step.Reason));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal) => new("audit", "Says who changed what, when and why, compares revisions, and takes changes back.")
    {
        List(terminal),
        Compare(terminal),
        Undo(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var vlan = new Option<int?>("--vlan") { Description = "Only those of this VLAN.", HelpName = "VLAN" };
        var action = ParsedOption.CreateChoice("--action", "Only those of this action.", Enum.GetValues<AuditAction>());
        var subject = Pattern("--subject", "Only those of things with such names.");
        var user = Pattern("--user", "Only those of such users.");
        var reason = Pattern(ReasonOption.Name, "Only those with such a reason.");
        var revision = new Option<long?>("--revision") { Description = "Only those of this revision.", HelpName = "NUMBER" };
        var since = ParsedOption.CreateMoment("--since", "Only those from then on.");
        var until = ParsedOption.CreateMoment("--until", "Only those up to then.");
        var newest = new Option<int?>("--newest") { Description = "Only the newest so many.", HelpName = "COUNT" };
        return StoreCommand.Asking(
            terminal,
            "list",
            "Lists audit events, oldest first. In patterns * stands for any text and ? for any character.",
            Events,
            (store, given) =>
            {
                var query = new AuditQuery
                {
                    VlanId = given.GetValue(vlan),
                    Action = given.GetResult(action) is null ? null : given.GetValue(action),
                    Subject = given.GetValue(subject),
                    User = given.GetValue(user),
                    Reason = given.GetValue(reason),
                    Revision = given.GetValue(revision),
                    Since = given.GetValue(since),
                    Until = given.GetValue(until),
                    Newest = given.GetValue(newest),
                };
                var (after, before) = store.FindAuditBounds(query.Since, query.Until);
                return before <= after + 1 ? [] : store.ListAuditEvents(query with { After = after, Before = before });
            },
            vlan,
            action,
            subject,
            user,
            reason,
            revision,
            since,
            until,
            newest);
    }

    private static Command Compare(Terminal terminal)
    {
        var first = new Argument<long>("REVISION") { Description = "The one revision; 0 for the store before its first change." };
        var second = new Argument<long?>("OTHER") { Description = "The other; the newest if not given.", Arity = ArgumentArity.ZeroOrOne };
        return StoreCommand.Asking(
            terminal,
            "compare",
            "Lists in what two revisions differ, record by record and field by field.",
            Differences,
            (store, given) => RevisionComparison.Compare(store, given.GetValue(first), given.GetValue(second) ?? store.Revision),
            first,
            second);
    }

    private static Command Undo(Terminal terminal)
    {
        var revision = new Argument<long>("REVISION") { Description = "The revision that the change made." };
        var store = StoreAccess.Option("The store; it must exist.");
        var force = new Option<bool>("--force") { Description = "Put back records, too, that were changed since." };
        var whatIf = new Option<bool>("--what-if") { Description = "List what could be put back, and change nothing." };
        var reason = ReasonOption.Create();
        var json = OutputFormat.Option();
        var command = new Command("undo", "Takes a change back as far as that can be, and lists what became of each record. It is a change of its own.") { revision, store, force, whatIf, reason, json };
        StoreAccess.Require(command, store);
        command.SetAction(given =>
        {
            using var opened = StoreAccess.OpenExisting(StoreAccess.PlaceOf(given, store));
            long undone = given.GetValue(revision);
            var steps = given.GetValue(whatIf)
                ? ChangeUndo.Preview(opened, undone, given.GetValue(force), CancellationToken.None)
                : opened.WithReason(given.GetValue(reason)).Write(writer => ChangeUndo.Run(writer, undone, given.GetValue(force)));
            Steps.Write(terminal, steps, given.GetValue(json));
        });
        return command;
    }

    private static Option<string> Pattern(string name, string description) => new(name) { Description = description, HelpName = "PATTERN" };
}
