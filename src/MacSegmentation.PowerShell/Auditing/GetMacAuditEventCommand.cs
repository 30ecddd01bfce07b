using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Auditing;

/// <summary>Shows who changed what and when, oldest first.</summary>
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

    /// <summary>Only events at or after this time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only the newest so many events.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Newest { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Newest is not null)
        {
            Read(store => store.ListAuditEvents(Query with { Newest = Newest }), events => WriteObject(events, enumerateCollection: true));
            return;
        }

        Stream<MacAuditEvent>((store, last, count) => store.ListAuditEvents(Query with { After = last?.AuditId ?? 0, Oldest = count }));
    }

    private AuditQuery Query => new() { VlanId = VlanId is { } id ? Addressing.VlanId.Validate(id) : null, Action = Action, Since = Since };
}
