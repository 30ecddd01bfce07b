using MacSegmentation.Reports;

namespace MacSegmentation.ProviderRuntime;

/// <summary>How a provider is.</summary>
public sealed record ProviderStatus
{
    /// <summary>What is told of it.</summary>
    public static Report<ProviderStatus> Report { get; } = new Report<ProviderStatus>()
        .Text("name", status => status.Name)
        .Flag("isReady", status => status.IsReady)
        .Flag("isCentralStoreReachable", status => status.IsCentralStoreReachable)
        .Flag("givesOut", status => status.GivesOut)
        .Flag("isCaughtUp", status => status.IsCaughtUp)
        .Time("synchronizedAt", status => status.SynchronizedAt)
        .Number("decided", status => status.Decided)
        .Number("decidedAlone", status => status.DecidedAlone)
        .Number("undecidable", status => status.Undecidable)
        .Number("conflicts", status => status.Conflicts);

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>True once devices can be answered.</summary>
    public required bool IsReady { get; init; }

    /// <summary>True while the shared store can be reached.</summary>
    public required bool IsCentralStoreReachable { get; init; }

    /// <summary>
    /// True while new handles get addresses: not before a first round since the process began, nor while the shared store is told again of what it has forgotten, nor once another process entered from
    /// a copy of the provider's store. Known handles are answered all the same.
    /// </summary>
    public required bool GivesOut { get; init; }

    /// <summary>True once what others did before the process began is known. Until then new handles get addresses only while the shared store can be reached.</summary>
    public required bool IsCaughtUp { get; init; }

    /// <summary>When both stores last knew all that the other did; null if never.</summary>
    public required DateTimeOffset? SynchronizedAt { get; init; }

    /// <summary>Number of requests that changed something: they took a transaction.</summary>
    public required long Decided { get; init; }

    /// <summary>Number of those that were decided while the shared store could not be reached.</summary>
    public required long DecidedAlone { get; init; }

    /// <summary>Number of requests that were refused because they take the shared store.</summary>
    public required long Undecidable { get; init; }

    /// <summary>Number of times that what was given out alone did not hold.</summary>
    public required long Conflicts { get; init; }
}
