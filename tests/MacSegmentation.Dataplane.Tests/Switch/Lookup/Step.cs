using MacSegmentation.Frames;

namespace MacSegmentation.Switch.Lookup;

/// <summary>One thing that happens to a switch; what is null does not.</summary>
/// <param name="Port">The port that the frame comes in by, or that goes down.</param>
/// <param name="Frame">A frame.</param>
/// <param name="Configuration">Number of the configuration that comes into force.</param>
/// <param name="Seconds">How much later it happens.</param>
internal sealed record Step(string? Port, SentFrame? Frame, int? Configuration, int Seconds)
{
    public override string ToString() =>
        (Seconds > 0 ? $"+{Seconds} s " : string.Empty)
        + (Configuration is { } number ? $"configuration {number}" : Frame is null ? $"{Port} down" : $"{Port}: {Frame}");
}
