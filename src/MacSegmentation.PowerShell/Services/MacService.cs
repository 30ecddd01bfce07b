namespace MacSegmentation.Services;

/// <summary>A command of macseg that a host runs as a service.</summary>
public sealed record MacService
{
    /// <summary>Its name, without the prefix <c>macseg-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required MacServiceKind Kind { get; init; }

    /// <summary>What runs it.</summary>
    public MacServicePlatform Platform { get; init; }

    /// <summary>The name by which the host knows it, such as <c>macseg-edge.service</c>.</summary>
    public required string ServiceName { get; init; }

    /// <summary>What the host says of it, such as <c>active</c> or <c>Running</c>; <c>written</c> if it was written to a folder only.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>The unit, or the script that makes the service; empty where there is no file.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The line that it runs.</summary>
    public string Command { get; init; } = string.Empty;

    /// <summary>The service as one line.</summary>
    public override string ToString() => $"{Name} ({Kind}): {State}";
}
