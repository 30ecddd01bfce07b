using MacSegmentation.Documents;
using MacSegmentation.Units;

namespace MacSegmentation.Partitions;

/// <summary>What holds for all partitions of a store.</summary>
public sealed record PartitionSettings
{
    /// <summary>What counts first where several policies match.</summary>
    public ConflictResolution ConflictResolution { get; init; }

    /// <summary>How long the number of a removed partition is not given to another one; other hosts may still send it. Zero to 3650 days.</summary>
    public TimeSpan IdReuseDelay { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<PartitionSettings> Document { get; } = new DocumentObject<PartitionSettings>("partitionSettings", "the settings of partitions", new())
        .Optional(
            "conflictResolution",
            "What counts first where several policies match: their priority, or which is the strictest.",
            new ChoiceType<ConflictResolution>("conflict resolution"),
            settings => settings.ConflictResolution,
            (settings, resolution) => settings with { ConflictResolution = resolution })
        .Optional(
            "idReuseDelay",
            "How long the number of a removed partition is not given to another one, up to 3650 days.",
            DurationType.Instance,
            settings => settings.IdReuseDelay,
            (settings, delay) => settings with { IdReuseDelay = delay },
            "InvalidIdReuseDelay");
}
