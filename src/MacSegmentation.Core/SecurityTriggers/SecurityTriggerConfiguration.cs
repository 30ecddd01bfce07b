using MacSegmentation.Conditions;
using MacSegmentation.Documents;
using MacSegmentation.Naming;
using MacSegmentation.Partitions;
using MacSegmentation.Tags;
using MacSegmentation.Units;

namespace MacSegmentation.SecurityTriggers;

/// <summary>A security trigger of the declarative document.</summary>
public sealed record SecurityTriggerConfiguration
{
    /// <summary>Its name, unique in the document without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>When it fires.</summary>
    public required string When { get; init; }

    /// <summary>Tags that an interface record gets.</summary>
    public IReadOnlyList<MacTag> AddTags { get; init; } = [];

    /// <summary>Tags that it loses.</summary>
    public IReadOnlyList<MacTag> RemoveTags { get; init; } = [];

    /// <summary>How long; null until somebody lifts it.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The partition whose records it watches, or null.</summary>
    public string? Partition { get; init; }

    /// <summary>The one interface record that it watches, or null.</summary>
    public string? Interface { get; init; }

    /// <summary>True if it only says what it would do.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>True if it does not fire.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<SecurityTriggerConfiguration> Document { get; } =
        new DocumentObject<SecurityTriggerConfiguration>("securityTrigger", "a security trigger", new() { Name = string.Empty, When = string.Empty })
        .Required("name", "Its name, unique in the document whatever its case.", RecordName.Type, trigger => trigger.Name, (trigger, name) => trigger with { Name = name }, "InvalidSecurityTriggerName")
        .Required(
            "when",
            $"When it fires, such as Denials > 50 within 10s. It may ask about {string.Join(", ", TriggerMetrics.All.Select(metric => metric.Name))}, counted at the port of an interface.",
            new TextType { MinLength = 1, MaxLength = MacCondition.MaxLength },
            trigger => trigger.When,
            (trigger, when) => trigger with { When = when },
            "InvalidCondition",
            "ConditionAlwaysMet")
        .List("addTags", "Tags that the interface gets.", TagType.Instance, trigger => trigger.AddTags, (trigger, tags) => trigger with { AddTags = tags }, maxItems: MacTags.MaxCount)
        .List("removeTags", "Tags that it loses.", TagType.Instance, trigger => trigger.RemoveTags, (trigger, tags) => trigger with { RemoveTags = tags }, maxItems: MacTags.MaxCount)
        .Optional(
            "for",
            "How long it has or lacks them. Without it: until somebody lifts it.",
            new OptionalType<TimeSpan>(DurationType.Instance),
            trigger => trigger.For,
            (trigger, time) => trigger with { For = time },
            "InvalidSecurityTriggerTime")
        .Optional(
            "partition",
            "The partition whose interfaces it watches. With neither this nor an interface it watches all.",
            RecordName.Type,
            trigger => trigger.Partition,
            (trigger, partition) => trigger with { Partition = partition },
            "InvalidPartitionName",
            "PartitionNotFound")
        .Optional(
            "interface",
            "The one interface that it watches.",
            RecordName.Type,
            trigger => trigger.Interface,
            (trigger, record) => trigger with { Interface = record },
            "InvalidInterfaceName",
            "InterfaceNotFound",
            "InterfaceTriggerExempt")
        .Optional("dryRun", "Whether it only says what it would do.", FlagType.Instance, trigger => trigger.IsDryRun, (trigger, isDryRun) => trigger with { IsDryRun = isDryRun })
        .Optional("disabled", "Whether it does not fire.", FlagType.Instance, trigger => trigger.IsDisabled, (trigger, isDisabled) => trigger with { IsDisabled = isDisabled });

    /// <summary>What a document says of a store's trigger: not what it has done.</summary>
    internal static SecurityTriggerConfiguration Of(MacSecurityTrigger trigger) => new()
    {
        Name = trigger.Name,
        When = trigger.When,
        AddTags = trigger.AddTag,
        RemoveTags = trigger.RemoveTag,
        For = trigger.For,
        Partition = trigger.Partition,
        Interface = trigger.Interface,
        IsDryRun = trigger.IsDryRun,
        IsDisabled = trigger.IsDisabled,
    };
}
