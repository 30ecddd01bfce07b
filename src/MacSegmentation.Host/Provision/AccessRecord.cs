namespace MacSegmentation.Provision;

/// <summary>A request and what came of it.</summary>
/// <param name="Time">When it came.</param>
/// <param name="RequestId">Its name: the client's own (X-Request-Id), or one that was drawn.</param>
/// <param name="Client">The client; empty if it is not known.</param>
/// <param name="From">The address that it came from.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, still encoded, without its query.</param>
/// <param name="Status">The status code.</param>
/// <param name="ErrorId">The error's id; empty if it went well.</param>
/// <param name="Duration">How long it took.</param>
internal readonly record struct AccessRecord(
    DateTimeOffset Time, string RequestId, string Client, string From, string Method, string Path, int Status, string ErrorId, TimeSpan Duration);
