using System.Runtime.InteropServices;
using MacSegmentation.Errors;
using MacSegmentation.Adapters;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Offloads;

/// <summary>
/// Offloads that are turned off for as long as a port is open. Disposing it turns on again what it turned off; so does the end of the process, be it the normal one or because its
/// terminal was closed (SIGHUP) or left by Ctrl+\ (SIGQUIT). What a kill leaves, the next one that opens the adapter turns on (<see cref="OffloadRecord"/>).
/// </summary>
public sealed class DisabledOffloads : IDisposable
{
    /// <summary>Made in the network namespace of the adapters, which the thread that restores may not be in.</summary>
    private readonly SocketHandle socket;

    private readonly OffloadRecord record;
    private readonly List<(string AdapterName, string[] Features)> turnedOff = [];
    private readonly List<PosixSignalRegistration> signals = [];
    private readonly Lock gate = new();
    private bool restored;

    private DisabledOffloads(SocketHandle socket, string adapterName)
    {
        this.socket = socket;
        record = OffloadRecord.Of(socket, adapterName);
    }

    /// <summary>Turns off what <see cref="OffloadInspector.Inspect"/> finds, as far as the drivers let it be turned off.</summary>
    /// <param name="adapterName">Name of the adapter.</param>
    /// <exception cref="MacSegmentationException">OffloadNotChanged: the right is missing; nothing has changed.</exception>
    public static DisabledOffloads Disable(string adapterName)
    {
        var disabled = new DisabledOffloads(SocketHandle.ForQuestions(), adapterName);
        try
        {
            foreach (var group in OffloadInspector.Inspect(adapterName)
                .Where(offload => offload.Effect != OffloadEffect.OutOfSight)
                .GroupBy(offload => offload.AdapterName, StringComparer.Ordinal))
            {
                disabled.TurnOff(group.Key, [.. group.Select(offload => offload.Feature)]);
            }
        }
        catch
        {
            disabled.Restore();
            throw;
        }

        AppDomain.CurrentDomain.ProcessExit += disabled.OnProcessExit;

        // Neither is an exit to the runtime. The signal does what it did before; whoever wants to end in an orderly way says so beside this.
        disabled.signals.AddRange(new[] { PosixSignal.SIGHUP, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, _ => disabled.Restore())));
        return disabled;
    }

    /// <summary>Turns the offloads on again.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        signals.ForEach(signal => signal.Dispose());
        Restore();
    }

    private void TurnOff(string adapterName, string[] features)
    {
        var driver = new DriverFeatures(new LinuxAdapter(socket.Descriptor, adapterName));
        var before = driver.Active();

        // Before it is done: a kill may come between any two steps.
        record.Write([.. turnedOff, (adapterName, features)]);
        if (!driver.TrySet(features, on: false))
        {
            throw new MacSegmentationException(
                "OffloadNotChanged",
                MacErrorKind.PermissionDenied,
                $"The offloads {string.Join(", ", features)} of {adapterName} could not be turned off. "
                    + $"Run as root or with CAP_NET_ADMIN, or turn them off beforehand with ethtool -K {adapterName}.",
                adapterName);
        }

        // Features depend on one another: what went off with those that were named comes back with them.
        turnedOff.Add((adapterName, [.. before.Except(driver.Active(), StringComparer.Ordinal)]));
        record.Write(turnedOff);
    }

    private void OnProcessExit(object? sender, EventArgs e) => Restore();

    private void Restore()
    {
        lock (gate)
        {
            if (restored)
            {
                return;
            }

            restored = true;
            foreach (var (adapterName, features) in turnedOff)
            {
                // An adapter that is gone has nothing left to restore.
                _ = new DriverFeatures(new LinuxAdapter(socket.Descriptor, adapterName)).TrySet(features, on: true);
            }

            record.Remove();
            socket.Dispose();
        }
    }
}
