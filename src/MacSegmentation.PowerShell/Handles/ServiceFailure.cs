using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

/// <summary>Why a provider service gave no answer now, although it may give one later.</summary>
/// <param name="Service">Which.</param>
/// <param name="Error">Why.</param>
/// <param name="RetryAfter">When it wants to be asked again; zero if it did not say.</param>
internal sealed record ServiceFailure(Uri Service, MacSegmentationException Error, TimeSpan RetryAfter)
{
    private const string UnreachableId = "ServiceUnreachable";

    /// <summary>A service that cannot be reached.</summary>
    /// <param name="service">Which.</param>
    /// <param name="reason">Why, as the system says it.</param>
    /// <param name="inner">The system's error.</param>
    public static ServiceFailure Of(Uri service, string reason, Exception inner)
    {
        var error = new MacSegmentationException(UnreachableId, MacErrorKind.Unavailable, $"{service}: {reason.TrimEnd('.')}", service, inner);
        return new ServiceFailure(service, error, TimeSpan.Zero);
    }

    /// <summary>The error of a device whose every service failed: what a service itself says tells more than that another cannot be reached.</summary>
    /// <param name="failures">One or more.</param>
    /// <param name="handle">The device.</param>
    public static MacSegmentationException Sum(IReadOnlyList<ServiceFailure> failures, DeviceHandle handle) =>
        failures.FirstOrDefault(failure => failure.Error.ErrorId is not UnreachableId)?.Error ?? new MacSegmentationException(
            UnreachableId,
            MacErrorKind.Unavailable,
            $"No provider service can be reached for the handle '{handle}' ({string.Join("; ", failures.Select(failure => failure.Error.Message))}). See that one runs, or name another with -Uri; asking again is safe.",
            handle.Text,
            failures[0].Error);
}
