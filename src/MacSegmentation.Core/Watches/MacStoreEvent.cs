using MacSegmentation.Reports;

namespace MacSegmentation.Watches;

/// <summary>That a condition about a store became true.</summary>
public sealed record MacStoreEvent
{
    /// <summary>The kind of an event that tells of a condition.</summary>
    public const string ConditionMet = "ConditionMet";

    /// <summary>The kind of an event that tells how many found no room in the spool.</summary>
    public const string EventsLost = "EventsLost";

    /// <summary>What is told of it, and the members of what a webhook gets.</summary>
    public static Report<MacStoreEvent> Report { get; } = new Report<MacStoreEvent>()
        .Text("id", happened => happened.Id)
        .Text("kind", happened => happened.Kind)
        .Time("time", happened => happened.Time)
        .Text("watch", happened => happened.Watch)
        .Text("condition", happened => happened.Condition)
        .Text("subject", happened => happened.Subject)
        .Text("message", happened => happened.Message)
        .Text("storeId", happened => happened.StoreId);

    /// <summary>What tells it from every other: 32 hexadecimal digits. One that is delivered twice has the same.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="ConditionMet"/> or <see cref="EventsLost"/>.</summary>
    public string Kind { get; init; } = ConditionMet;

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whose watch it is: the subscription's source identifier, or the name of <c>macseg watch</c>.</summary>
    public string Watch { get; init; } = string.Empty;

    /// <summary>The condition, as it is written canonically; empty if the event is about the spool.</summary>
    public string Condition { get; init; } = string.Empty;

    /// <summary>What it became true of, such as <c>VLAN 10</c>; empty for the store as a whole.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>A sentence with what was measured.</summary>
    public required string Message { get; init; }

    /// <summary>Identity of the store.</summary>
    public string StoreId { get; init; } = string.Empty;

    /// <summary>The event as one line.</summary>
    public override string ToString() => Message;
}
