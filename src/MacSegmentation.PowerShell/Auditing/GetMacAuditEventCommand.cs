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
    [Choice<AuditAction>]
    public AuditAction? Action { get; set; }

    /// <summary>Only events at or after this time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only the newest so many events.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Read(
        store => store.ListAuditEvents(new AuditQuery
        {
            VlanId = VlanId is { } id ? Addressing.VlanId.Validate(id) : null,
            Action = Action,
            Since = Since,
            Newest = Newest,
        }),
        events => WriteObject(events, enumerateCollection: true));
}
