namespace MacSegmentation.Events;

/// <summary>What an enforcer tells of.</summary>
public enum EnforcerEventKind
{
    /// <summary>A frame was denied.</summary>
    Denial,

    /// <summary>More frames were denied than are told of one by one; <see cref="MacEnforcerEvent.SuppressedCount"/> says how many.</summary>
    DenialsSuppressed,

    /// <summary>A port's adapter is down or gone; the enforcer waits for it.</summary>
    PortDown,

    /// <summary>A port's adapter is back.</summary>
    PortUp,

    /// <summary>The store cannot be reached; the enforcer keeps its table.</summary>
    StoreUnreachable,

    /// <summary>The store can be reached again.</summary>
    StoreReachable,

    /// <summary>A new table is in force.</summary>
    TableSwapped,

    /// <summary>A new table could not be put in force; the one before stays, and it is tried again.</summary>
    TableFailed,

    /// <summary>A learned MAC address is at another port than before.</summary>
    AddressMoved,

    /// <summary>A learned MAC address went to and fro so often that a loop, or two stations with one address, must be behind it.</summary>
    LoopSuspected,

    /// <summary>An address that several may hold is at another place than before, or was seen for the first time.</summary>
    AddressOwnerChanged,

    /// <summary>An address that several may hold goes to and fro between them: more than one takes itself for the one that holds it.</summary>
    AddressOwnerFlapping,

    /// <summary>The store was replaced or restored; its present configuration is in force.</summary>
    StoreReplaced,

    /// <summary>A security trigger fired at an interface record, or would have and is a dry run.</summary>
    TriggerFired,

    /// <summary>What a security trigger had done to an interface record was taken back.</summary>
    TriggerLifted,

    /// <summary>What a security trigger should do could not be done; it is tried again.</summary>
    TriggerFailed,

    /// <summary>The metrics of vNICs could not be reported to the store; it is tried again.</summary>
    MetricsFailed,

    /// <summary>A profile rule gave an instance another profile, because its condition was met.</summary>
    ProfileAdjusted,

    /// <summary>An instance got back the profile that it was launched with, because the time of a profile rule was over.</summary>
    ProfileReverted,

    /// <summary>A profile rule was suspended, because an instance went back and forth between profiles.</summary>
    ProfileRuleSuspended,

    /// <summary>What a profile rule should do could not be done; it is tried again.</summary>
    ProfileRuleFailed,

    /// <summary>Metrics could not be sent to the collector (OTLP): told once, until they can.</summary>
    TelemetryFailed,

    /// <summary>Metrics are sent to the collector again.</summary>
    TelemetrySent,

    /// <summary>A port has another profile, because its time came in a scenario or a schedule.</summary>
    ProfileScheduled,

    /// <summary>A TAP device or a veth pair was made for an instance, and is a port now.</summary>
    InstanceAttached,

    /// <summary>What was made for an instance was removed.</summary>
    InstanceDetached,

    /// <summary>What an instance is to be given cannot be made; it is tried again.</summary>
    AttachFailed,
}
