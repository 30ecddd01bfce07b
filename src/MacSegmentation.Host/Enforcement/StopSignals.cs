using System.Runtime.InteropServices;
using MacSegmentation.Services;

namespace MacSegmentation.Enforcement;

/// <summary>While it lives, Ctrl+C and the system's request to end (SIGTERM; on Windows closing, logging off, shutting down), or of whoever runs it as a service, run a handler instead of ending the process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;
    private readonly Action stop;
    private readonly TaskCompletionSource requested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to listen.</summary>
    /// <param name="stop">Called from a thread of the system's, once for each signal.</param>
    public StopSignals(Action stop)
    {
        this.stop = stop;
        registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Request();
            })),
        ];
        HostService.Current.StopRequested += OnStopRequested;
    }

    /// <summary>Completes with the first signal.</summary>
    public Task Requested => requested.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        HostService.Current.StopRequested -= OnStopRequested;
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }
    }

    private void OnStopRequested(object? sender, EventArgs stop) => Request();

    private void Request()
    {
        requested.TrySetResult();
        stop();
    }
}
