using MacSegmentation.Stores;

namespace MacSegmentation.BlockProtocol;

/// <summary>What a provider works with.</summary>
public sealed record ProviderEngineOptions
{
    /// <summary>The provider's name, as the shared store knows it.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own store. It stays the caller's to dispose, after the engine.</summary>
    public required IMacStore Home { get; init; }

    /// <summary>
    /// Opens the shared store; throws a <see cref="Errors.MacSegmentationException"/> if it cannot be reached. What it returns is disposed by the engine. Its
    /// calls should give up within a few seconds: requests that need it wait for them.
    /// </summary>
    public required Func<IMacStore> OpenCentralStore { get; init; }

    /// <summary>Where the provider answers devices; for administrators to see.</summary>
    public string Uri { get; init; } = string.Empty;

    /// <summary>Time between two rounds of telling and asking the shared store, if nothing calls for one earlier.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest that one call to the shared store may take once it was reached, whatever it waits for: then it counts as out of reach, and devices are answered without it. Infinite to leave it to the
    /// store itself, which may wait as long as its connection for octets that do not come.
    /// </summary>
    public TimeSpan CentralStoreDeadline { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long the engine waits for what is under way when it ends.</summary>
    internal TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
