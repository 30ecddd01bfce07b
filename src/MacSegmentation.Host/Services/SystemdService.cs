using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MacSegmentation.Services;

/// <summary>
/// Tells systemd how the service is (sd_notify(3)): READY=1 and STATUS when the work has begun, WATCHDOG=1 twice as often as <c>WATCHDOG_USEC</c> asks for while it goes on, STOPPING=1 at the end.
/// </summary>
internal sealed class SystemdService : HostService
{
    /// <summary>The variable with the socket.</summary>
    public const string SocketVariable = "NOTIFY_SOCKET";

    private readonly string socketPath;
    private readonly TimeSpan? watchdog;
    private readonly TimeProvider clock;

    /// <summary>Tells whoever listens at a socket.</summary>
    /// <param name="socketPath">A path, or a name without a file behind '@'.</param>
    /// <param name="watchdog">How long systemd waits for a sign of life; null if it does not.</param>
    /// <param name="clock">The clock.</param>
    public SystemdService(string socketPath, TimeSpan? watchdog, TimeProvider clock)
    {
        this.socketPath = socketPath;
        this.watchdog = watchdog;
        this.clock = clock;
    }

    /// <summary>The systemd that started this process; null if none did, or wants to hear nothing.</summary>
    public static SystemdService? Find()
    {
        if (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable(SocketVariable) is not { Length: > 1 } path || path[0] is not ('/' or '@'))
        {
            return null;
        }

        bool isMeant = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } pid || string.Equals(pid, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return new SystemdService(path, isMeant ? ReadWatchdog(Environment.GetEnvironmentVariable("WATCHDOG_USEC")) : null, TimeProvider.System);
    }

    /// <inheritdoc/>
    public override IDisposable Begin(string status, Func<bool> isHealthy)
    {
        Send($"READY=1\nSTATUS={status.ReplaceLineEndings(" ")}\nMAINPID={Environment.ProcessId}");
        return new Session(this, isHealthy);
    }

    private static TimeSpan? ReadWatchdog(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value is > 0 and < long.MaxValue / TimeSpan.TicksPerMicrosecond
            ? new TimeSpan(value * TimeSpan.TicksPerMicrosecond)
            : null;

    private void Send(string state)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(socketPath[0] == '@' ? $"\0{socketPath[1..]}" : socketPath));
        }
        catch (SocketException)
        {
            // Nobody listens: systemd has let the service go, and misses nothing. Where it does listen and hears nothing, its watchdog ends the service.
        }
    }

    private sealed class Session : IDisposable
    {
        private readonly SystemdService owner;
        private readonly ITimer? timer;

        public Session(SystemdService owner, Func<bool> isHealthy)
        {
            this.owner = owner;
            if (owner.watchdog is { } limit)
            {
                timer = owner.clock.CreateTimer(
                    _ =>
                    {
                        if (isHealthy())
                        {
                            owner.Send("WATCHDOG=1");
                        }
                    },
                    state: null,
                    TimeSpan.Zero,
                    limit / 2);
            }
        }

        public void Dispose()
        {
            timer?.Dispose();
            owner.Send("STOPPING=1");
        }
    }
}
