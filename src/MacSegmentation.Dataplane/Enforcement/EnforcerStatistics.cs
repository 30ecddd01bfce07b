using MacSegmentation.Counting;
using MacSegmentation.Reports;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <summary>What an enforcer did up to one moment. Immutable.</summary>
public sealed record EnforcerStatistics
{
    /// <summary>What is told of it.</summary>
    public static Report<EnforcerStatistics> Report { get; } = new Report<EnforcerStatistics>()
        .Choice<EnforcerState>("state", statistics => statistics.State)
        .Number("tableRevision", statistics => statistics.TableRevision)
        .Part("total", statistics => statistics.Total, TrafficCounts.Report);

    /// <summary>The moment.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Time since the start; up to the end if it has ended.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The enforcer's state at that moment.</summary>
    public required EnforcerState State { get; init; }

    /// <summary>All directions or ports together.</summary>
    public required TrafficCounts Total { get; init; }

    /// <summary>Each direction, in the order of the routes; none if the enforcer is a switch.</summary>
    public required IReadOnlyList<DirectionStatistics> Directions { get; init; }

    /// <summary>Each port of a switch; none if the enforcer is a bump in the wire.</summary>
    public required IReadOnlyList<SwitchPortStatistics> Ports { get; init; }

    /// <summary>Frames and bits a second over about the last second or since the last two times that somebody asked, whichever is longer.</summary>
    public required EnforcerRates Rates { get; init; }

    /// <summary>The store's revision of the table in force.</summary>
    public required long TableRevision { get; init; }

    /// <summary>Time since the table came into force.</summary>
    public required TimeSpan TableAge { get; init; }

    /// <summary>False while whoever watches the store says that it cannot be reached.</summary>
    public required bool IsStoreReachable { get; init; }

    /// <summary>Why the store's newest configuration could not be put in force, while it could not; it is tried again. Null if the newest one is active.</summary>
    public string? TableError { get; init; }

    /// <summary>Events that found no room because nobody read them in time.</summary>
    public required long EventsLost { get; init; }

    /// <summary>What was done a second between an earlier moment and this one.</summary>
    /// <param name="earlier">The same enforcer's statistics of an earlier moment.</param>
    public EnforcerRates RatesSince(EnforcerStatistics earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return EnforcerRates.Between(earlier.Total, Total, Elapsed - earlier.Elapsed);
    }
}
