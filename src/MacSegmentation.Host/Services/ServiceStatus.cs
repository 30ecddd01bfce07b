namespace MacSegmentation.Services;

/// <summary>How a service is (SERVICE_STATUS).</summary>
/// <param name="State">Its state.</param>
/// <param name="Controls">The controls that it takes: 1 to stop, 4 to shut down.</param>
/// <param name="ExitCode">0, or the program's exit code.</param>
/// <param name="WaitHint">Within which time the next state comes.</param>
internal readonly record struct ServiceStatus(ServiceState State, uint Controls, uint ExitCode, TimeSpan WaitHint);
