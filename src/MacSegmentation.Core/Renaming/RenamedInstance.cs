namespace MacSegmentation.Renaming;

/// <summary>An instance that got another name, and what went with it.</summary>
public sealed record RenamedInstance
{
    /// <summary>Its name now.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Its name until now.</summary>
    public required string FormerId { get; init; }

    /// <summary>Number of its addresses.</summary>
    public required int Allocations { get; init; }

    /// <summary>Number of its interface records.</summary>
    public required int Interfaces { get; init; }

    /// <summary>Number of its handles.</summary>
    public required int Handles { get; init; }

    /// <summary>The instance, under the name by which Hyper-V's cmdlets bind it.</summary>
    public string VMName => InstanceId;

    /// <summary>What went with it, in words.</summary>
    internal string Describe() => $"allocations {Allocations}, interfaces {Interfaces}, handles {Handles}";
}
