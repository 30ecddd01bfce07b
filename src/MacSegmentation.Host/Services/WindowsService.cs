using MacSegmentation.Errors;

namespace MacSegmentation.Services;

/// <summary>Runs a command of macseg as a service of Windows: the service control manager is told how it is, and its stop and shutdown end the command as Ctrl+C would.</summary>
/// <param name="name">The service.</param>
/// <param name="control">The manager's functions.</param>
/// <param name="run">Runs the command; returns its exit code.</param>
internal sealed class WindowsService(string name, IServiceControl control, Func<int> run) : HostService
{
    private const uint Stop = 1;
    private const uint Interrogate = 4;
    private const uint Shutdown = 5;
    private const uint AcceptsStopAndShutdown = 1 | 4;
    private const uint CallNotImplemented = 120;
    private const int NotStartedByManager = 1063;
    private static readonly TimeSpan WaitHint = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private ServiceStatus status = new(ServiceState.Stopped, 0, 0, default);
    private int exitCode;

    /// <summary>Runs the service to its end.</summary>
    /// <returns>The command's exit code.</returns>
    /// <exception cref="MacSegmentationException">ServiceNotStarted: no service control manager started this process.</exception>
    public int Run()
    {
        int error = control.Dispatch(name, Main);
        return error switch
        {
            0 => exitCode,
            NotStartedByManager => throw new MacSegmentationException(
                "ServiceNotStarted", MacErrorKind.InvalidOperation, $"'macseg service run' is for Windows, which starts the service '{name}' by it. Start it by: sc.exe start {name}", name),
            _ => throw new MacSegmentationException("ServiceNotStarted", MacErrorKind.InvalidOperation, $"The service control manager refused the service '{name}': error {error}. See Install-MacService.", name),
        };
    }

    /// <inheritdoc/>
    public override IDisposable Begin(string status, Func<bool> isHealthy)
    {
        Become(new ServiceStatus(ServiceState.Running, AcceptsStopAndShutdown, 0, default));
        return new Session(this);
    }

    private void Main()
    {
        control.Register(name, Handle);
        Become(new ServiceStatus(ServiceState.StartPending, 0, 0, WaitHint));
        Current = this;
        exitCode = 1;
        try
        {
            exitCode = run();
        }
        finally
        {
            Become(new ServiceStatus(ServiceState.Stopped, 0, (uint)exitCode, default));
        }
    }

    private uint Handle(uint code)
    {
        switch (code)
        {
            case Stop or Shutdown:
                Become(new ServiceStatus(ServiceState.StopPending, 0, 0, WaitHint));
                RequestStop();
                return 0;
            case Interrogate:
                lock (gate)
                {
                    control.SetStatus(status);
                }

                return 0;
            default:
                return CallNotImplemented;
        }
    }

    private void Become(ServiceStatus next)
    {
        lock (gate)
        {
            // A service that was told to stop while it began does not run any more.
            if (next.State == ServiceState.Running && status.State == ServiceState.StopPending)
            {
                return;
            }

            status = next;
            control.SetStatus(next);
        }
    }

    private sealed class Session(WindowsService owner) : IDisposable
    {
        public void Dispose() => owner.Become(new ServiceStatus(ServiceState.StopPending, 0, 0, WaitHint));
    }
}
