using MacSegmentation.BlockProtocol;

namespace MacSegmentation.ProviderRuntime;

/// <summary>Something that a provider tells of.</summary>
/// <param name="time">When it happened.</param>
/// <param name="kind">What.</param>
/// <param name="message">In words.</param>
public sealed class ProviderEventArgs(DateTimeOffset time, ProviderEventKind kind, string message) : EventArgs
{
    /// <summary>When it happened.</summary>
    public DateTimeOffset Time { get; } = time;

    /// <summary>What.</summary>
    public ProviderEventKind Kind { get; } = kind;

    /// <summary>In words.</summary>
    public string Message { get; } = message;
}
