using MacSegmentation.Dhcpv6;
using MacSegmentation.Enforcement;
using MacSegmentation.Output;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Services;

namespace MacSegmentation.Provision;

/// <summary>Runs the service until the process is told to stop.</summary>
/// <param name="terminal">Where to say what happens.</param>
/// <param name="report">What tells it.</param>
internal sealed class ProvideRun(Terminal terminal, ServiceReport report)
{
    private readonly TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers devices from a service.</summary>
    /// <param name="settings">How it is reached.</param>
    /// <param name="service">What answers devices.</param>
    /// <param name="feed">What enforcement points are told.</param>
    /// <param name="desk">What takes applications' feedback.</param>
    /// <param name="dhcpv6">How DHCPv6 is served; null if it is not.</param>
    /// <param name="input">Ends the service when it ends, and asks for the status by a line; null to leave it alone.</param>
    public async Task RunAsync(ServiceSettings settings, IHandleService service, EnforcementFeed feed, FeedbackDesk desk, TextReader? input, Dhcpv6Settings? dhcpv6 = null)
    {
        using var signals = new StopSignals(() => stop.TrySetResult());
        await using var server = await ServiceServer.StartAsync(settings, service, feed, desk, report.Tell);
        await using var leases = dhcpv6 is null ? null : Dhcpv6Server.Start(dhcpv6, service, report.Tell);
        string[] places = [.. server.Uris, .. leases is null ? (string[])[] : [$"dhcpv6://{leases.EndPoint}"]];
        report.TellListening(places);
        if (input is not null)
        {
            ReadInput(input, service, leases?.Counters);
        }

        terminal.Note($"Answering at {string.Join(", ", places)}. Ctrl+C stops.");
        using (HostService.Current.Begin($"Answering at {string.Join(", ", places)}", () => !stop.Task.IsCompleted))
        {
            await stop.Task;
        }

        await server.StopAsync();
        if (leases is not null)
        {
            report.TellDhcpv6(leases.Counters);
        }

        report.Tell("stopped", "Stopped.");
    }

    /// <summary>Reads on a thread of its own, which nobody waits for: there is no way to end the reading of a terminal.</summary>
    private void ReadInput(TextReader input, IHandleService service, Dhcpv6Counters? dhcpv6) => new Thread(() =>
    {
        try
        {
            while (input.ReadLine() is { } line)
            {
                if (line.Trim() is "status")
                {
                    report.TellStatus(service);
                    if (dhcpv6 is not null)
                    {
                        report.TellDhcpv6(dhcpv6);
                    }
                }
            }
        }
        catch (IOException)
        {
            // The other end was torn off: it has ended too.
        }

        stop.TrySetResult();
    })
    {
        IsBackground = true,
        Name = "macseg input",
    }.Start();
}
