using MacSegmentation.BlockProtocol;

namespace MacSegmentation.Providers;

/// <summary>Something rare that happened to a running provider.</summary>
public sealed record MacProviderEvent
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>What sort of thing.</summary>
    public required ProviderEventKind Kind { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Message { get; init; }
}
