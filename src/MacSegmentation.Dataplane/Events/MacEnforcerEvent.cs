using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Policies;
using MacSegmentation.Reports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Events;

/// <summary>One of the rare things that an enforcer tells of. What does not belong to its kind is null.</summary>
public sealed record MacEnforcerEvent
{
    /// <summary>What is told of it.</summary>
    public static Report<MacEnforcerEvent> Report { get; } = new Report<MacEnforcerEvent>()
        .Time("time", happened => happened.Time)
        .Choice<EnforcerEventKind>("event", happened => happened.Kind, property: nameof(Kind))
        .Text("port", happened => happened.Port)
        .Text("interface", happened => happened.Interface)
        .Number("vlanId", happened => happened.VlanId)
        .Value("source", happened => happened.SourceAddress, nameof(SourceAddress))
        .Value("destination", happened => happened.DestinationAddress, nameof(DestinationAddress))
        .Reference("ipAddress", happened => happened.IPAddress)
        .Text("previous", happened => happened.Previous)
        .Number("policyOrder", happened => happened.Policy?.Order, $"{nameof(Policy)}.{nameof(MacPolicy.Order)}")
        .Text("reason", happened => happened.Reason)
        .Number("frameLength", happened => happened.FrameLength)
        .Number("suppressed", happened => happened.SuppressedCount, nameof(SuppressedCount))
        .Number("revision", happened => happened.Revision)
        .Text("detail", happened => happened.Detail);

    /// <summary>When: for a frame its own time, in a capture the time of its capturing.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What happened.</summary>
    public required EnforcerEventKind Kind { get; init; }

    /// <summary>The adapter or file that the frame came from, or that the event is about.</summary>
    public string? Port { get; init; }

    /// <summary>Name of the interface record whose port it is.</summary>
    public string? Interface { get; init; }

    /// <summary>The frame's VLAN, 1 to 4095.</summary>
    public int? VlanId { get; init; }

    /// <summary>The frame's source address.</summary>
    public MacAddress? SourceAddress { get; init; }

    /// <summary>The frame's destination address.</summary>
    public MacAddress? DestinationAddress { get; init; }

    /// <summary>The IP address that changed its holder.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>Name of the interface record, or the port, where an address was before.</summary>
    public string? Previous { get; init; }

    /// <summary>The policy that decided; null if it was a default action.</summary>
    public MacPolicy? Policy { get; init; }

    /// <summary>Why the frame was denied, such as StormLimit.</summary>
    public string? Reason { get; init; }

    /// <summary>The frame's length on the wire in octets.</summary>
    public int? FrameLength { get; init; }

    /// <summary>Denied frames that no event of their own tells of.</summary>
    public long? SuppressedCount { get; init; }

    /// <summary>The store's revision of the new table, or of the one that denied a frame: the audit tells what has changed since.</summary>
    public long? Revision { get; init; }

    /// <summary>More about it, such as the store's error.</summary>
    public string? Detail { get; init; }

    /// <summary>The event as a sentence.</summary>
    public string Message => Kind switch
    {
        EnforcerEventKind.Denial => $"{Port}: denied {SourceAddress} -> {DestinationAddress} in VLAN {VlanId} ({Cause}), {FrameLength} bytes.{(Detail is null ? string.Empty : $" {Detail}")}",
        EnforcerEventKind.DenialsSuppressed => VlanId is null
            ? $"{Port}: {SuppressedCount} more frames denied by various policies."
            : $"{Port}: {SuppressedCount} more frames denied in VLAN {VlanId} ({Cause}).",
        EnforcerEventKind.PortDown => $"{Port} is down; waiting for it to come back.",
        EnforcerEventKind.PortUp => $"{Port} is up again.",
        EnforcerEventKind.StoreUnreachable => $"The store cannot be reached; the table of revision {Revision} stays in force. {Detail}".TrimEnd(),
        EnforcerEventKind.TableFailed => $"The store's newest configuration could not be put in force; the table of revision {Revision} stays, and it is tried again. {Detail}".TrimEnd(),
        EnforcerEventKind.StoreReplaced => $"The store was replaced or restored; all of it was read anew, and its revision {Revision} is in force.",
        EnforcerEventKind.TriggerFired or EnforcerEventKind.TriggerLifted or EnforcerEventKind.TriggerFailed or EnforcerEventKind.MetricsFailed or EnforcerEventKind.ProfileAdjusted or EnforcerEventKind.ProfileReverted or EnforcerEventKind.ProfileScheduled
            or EnforcerEventKind.ProfileRuleSuspended or EnforcerEventKind.ProfileRuleFailed or EnforcerEventKind.TelemetryFailed or EnforcerEventKind.TelemetrySent
            or EnforcerEventKind.InstanceAttached or EnforcerEventKind.InstanceDetached or EnforcerEventKind.AttachFailed => Detail ?? string.Empty,
        EnforcerEventKind.StoreReachable => "The store can be reached again.",
        EnforcerEventKind.AddressMoved => $"{SourceAddress} in VLAN {VlanId} moved from {Previous} to {Place}.",
        EnforcerEventKind.LoopSuspected => $"{Address} in VLAN {VlanId} goes to and fro between ports, now {Place} and before {Previous}: suspect a loop, or two stations with one address.",
        EnforcerEventKind.AddressOwnerFlapping =>
            $"{Address} in VLAN {VlanId} goes to and fro between those that may hold it, now {Place} and before {Previous}: more than one takes itself for its holder. Look whether they reach each other.",
        EnforcerEventKind.AddressOwnerChanged => Previous is null
            ? $"{Address} in VLAN {VlanId} is held by {Place}."
            : $"{Address} in VLAN {VlanId} is held by {Place} now, and was by {Previous}.",
        _ => $"The table of revision {Revision} is in force.",
    };

    /// <summary>Beside the VLAN's number, less will do for the two that are about it.</summary>
    private string Cause => Policy is not null ? $"policy {Policy}"
        : Reason is null || string.Equals(Reason, VerdictReason.DefaultAction.Name, StringComparison.Ordinal) ? "default action"
        : string.Equals(Reason, VerdictReason.UnknownVlan.Name, StringComparison.Ordinal) ? "unknown VLAN"
        : VerdictReason.Find(Reason)?.Description ?? Reason;

    private string? Place => Interface is null ? Port : $"{Interface} ({Port})";

    private string? Address => IPAddress is null ? SourceAddress?.ToString() : $"{IPAddress} with {SourceAddress}";

    /// <summary>The event as a sentence.</summary>
    public override string ToString() => Message;
}
