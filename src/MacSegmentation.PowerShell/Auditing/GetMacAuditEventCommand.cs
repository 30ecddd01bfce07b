using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Auditing;

/// <summary>Shows who changed what, when and why, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "MacAuditEvent")]
[OutputType(typeof(MacAuditEvent))]
public sealed class GetMacAuditEventCommand : StoreCmdlet
{
    /// <summary>Only events of this VLAN; it may have been removed since.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int? VlanId { get; set; }

    /// <summary>Only events of this action.</summary>
    [Parameter]
    [FormerValue("RecoverHandle", nameof(AuditAction.RevokeHandle))]
    [Choice<AuditAction>]
    [ArgumentCompleter(typeof(ChoiceCompleter<AuditAction>))]
    public AuditAction? Action { get; set; }

    /// <summary>Only events of things with these names; wildcards allowed. One without wildcards is found by an index.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Subject { get; set; }

    /// <summary>Only changes of these users; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? User { get; set; }

    /// <summary>Only changes with such a reason; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Reason { get; set; }

    /// <summary>Only the events of this revision.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long? Revision { get; set; }

    /// <summary>Only events at or after this time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only events up to this time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Only the newest so many events.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Newest { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            WriteEvents(VlanId is { } id ? Addressing.VlanId.Validate(id) : null);
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private void WriteEvents(int? vlanId)
    {
        var query = new AuditQuery
        {
            VlanId = vlanId,
            Action = Action,
            Subject = StorePattern(Subject),
            User = StorePattern(User),
            Reason = StorePattern(Reason),
            Revision = Revision,
            Since = Since,
            Until = Until,
        };
        if (Since is not null || Until is not null)
        {
            (long After, long Before)? bounds = null;
            Read(store => store.FindAuditBounds(Since, Until), found => bounds = found);
            if (bounds is not var (after, before) || before <= after + 1)
            {
                return;
            }

            query = query with { After = after, Before = before };
        }

        if (Newest is { } count)
        {
            WriteNewest(query, count);
            return;
        }

        Stream<MacAuditEvent>((store, last, size) => store.ListAuditEvents(query with { After = last?.AuditId ?? query.After, Oldest = size }), IsWanted);
    }

    /// <summary>Reads from the newest backwards until so many are found: a store leaves to us what brackets in a pattern mean.</summary>
    private void WriteNewest(AuditQuery query, int count)
    {
        var found = new Stack<MacAuditEvent>();
        bool isMore = true;
        while (isMore && found.Count < count)
        {
            isMore = false;
            Read(store => store.ListAuditEvents(query with { Newest = count }), events =>
            {
                isMore = events.Count == count;
                foreach (var entry in events.Reverse().Where(entry => IsWanted(entry)).Take(count - found.Count))
                {
                    found.Push(entry);
                }

                query = query with { Before = events.Count > 0 ? events[0].AuditId : query.Before };
            });
        }

        WriteObject(found, enumerateCollection: true);
    }

    private bool IsWanted(MacAuditEvent entry) => IsLike(Subject, entry.Subject) && IsLike(User, entry.User) && IsLike(Reason, entry.Reason);

    private static bool IsLike(string? pattern, string text) => pattern is null || NameFilter.Match([pattern])(text);

    /// <summary>What a store can look for, which is at least what is wanted: it knows no brackets.</summary>
    private static string? StorePattern(string? pattern) =>
        pattern is null ? null : pattern.IndexOf('[', StringComparison.Ordinal) is >= 0 and var bracket ? $"{pattern[..bracket]}*" : pattern.Contains('`', StringComparison.Ordinal) ? "*" : pattern;
}
