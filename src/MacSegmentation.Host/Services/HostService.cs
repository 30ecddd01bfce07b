namespace MacSegmentation.Services;

/// <summary>Whoever runs macseg as a service, and is told how it is: systemd, the service control manager of Windows, or nobody.</summary>
internal abstract class HostService
{
    private static HostService? current;

    /// <summary>Raised when the service is to stop, in another way than by a signal.</summary>
    public event EventHandler? StopRequested;

    /// <summary>The one of this process.</summary>
    public static HostService Current
    {
        get => current ??= SystemdService.Find() ?? (HostService)new NoService();
        set => current = value;
    }

    /// <summary>The work has begun: says so, says as often as is asked for that it goes on, and with the end that it stops.</summary>
    /// <param name="status">What is done, in a few words.</param>
    /// <param name="isHealthy">Whether it goes on.</param>
    public abstract IDisposable Begin(string status, Func<bool> isHealthy);

    /// <summary>Asks the service to stop.</summary>
    protected void RequestStop() => StopRequested?.Invoke(this, EventArgs.Empty);

    private sealed class NoService : HostService, IDisposable
    {
        public override IDisposable Begin(string status, Func<bool> isHealthy) => this;

        public void Dispose()
        {
        }
    }
}
