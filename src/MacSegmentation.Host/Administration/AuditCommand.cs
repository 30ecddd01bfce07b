using System.CommandLine;
using MacSegmentation.Auditing;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Stores;

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

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal) => new("audit", "Says who changed what, when and why.") { List(terminal) };

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

    private static Option<string> Pattern(string name, string description) => new(name) { Description = description, HelpName = "PATTERN" };
}
