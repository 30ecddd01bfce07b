using MacSegmentation.Auditing;

namespace MacSegmentation.Stores;

/// <summary>How a store is opened.</summary>
public sealed record MacStoreOptions
{
    /// <summary>The file; created with its folders if it does not exist. Null: a temporary store, gone when it is disposed.</summary>
    public required string? Path { get; init; }

    /// <summary>How long a transaction waits for other processes before it gives up.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who makes the changes.</summary>
    public AuditActor Actor { get; init; } = AuditActor.Current;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where a user's store is when no path is given: the folder for local application data.</summary>
    public static string DefaultPath => System.IO.Path.Join(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "MacSegmentation",
        "macsegmentation.db");
}
