using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MacSegmentation.Lab.Network;

/// <summary>A network namespace with a name of its own: a host, as far as the network can tell. Removing it removes its interfaces.</summary>
public sealed class NetworkNamespace : IDisposable
{
    private static int made;

    /// <summary>Makes an empty namespace.</summary>
    public NetworkNamespace(string role)
    {
        Name = $"macseg-{Environment.ProcessId}-{Interlocked.Increment(ref made)}-{role}";
        Command.Run("ip", "netns", "add", Name);

        // Nothing but what a test sends shall be on the wire: no router or neighbour discovery.
        _ = Command.Try("ip", "netns", "exec", Name, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6");
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Runs ip(8) on this namespace.</summary>
    public string Ip(params string[] arguments) => Command.Run("ip", ["-n", Name, .. arguments]);

    /// <summary>Runs a program in this namespace and waits for it; it must succeed.</summary>
    /// <returns>What it wrote.</returns>
    public string Execute(string program, params string[] arguments) => Command.Run("ip", ["netns", "exec", Name, program, .. arguments]);

    /// <summary>Joins an interface of this namespace with one of another, both up.</summary>
    public void Connect(string ownInterface, NetworkNamespace other, string otherInterface)
    {
        ArgumentNullException.ThrowIfNull(other);
        Ip("link", "add", ownInterface, "type", "veth", "peer", "name", otherInterface, "netns", other.Name);
        Ip("link", "set", ownInterface, "up");
        other.Ip("link", "set", otherInterface, "up");
    }

    /// <summary>A number that the kernel counts for an interface: of rx or tx, packets, bytes, dropped, errors.</summary>
    public long Count(string interfaceName, string direction, string counter)
    {
        using var answer = JsonDocument.Parse(Ip("-s", "-j", "link", "show", interfaceName));
        return answer.RootElement[0].GetProperty("stats64").GetProperty(direction).GetProperty(counter).GetInt64();
    }

    /// <summary>
    /// Runs something on a thread that is in this namespace. Sockets stay where they were made, and threads start where their maker is.
    /// </summary>
    public T Run<T>(Func<T> work) => OwnThread.Run(() =>
    {
        using var file = File.OpenHandle($"/var/run/netns/{Name}");
        if (NativeNamespace.Enter(file.DangerousGetHandle(), NativeNamespace.NewNetwork) < 0)
        {
            throw new InvalidOperationException($"setns to {Name}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return work();
    });

    /// <summary>Sends echo requests from this namespace.</summary>
    /// <param name="address">To whom.</param>
    /// <param name="count">How many.</param>
    /// <param name="waitSeconds">How long to wait for the last answer.</param>
    /// <param name="intervalSeconds">Time from one to the next.</param>
    /// <returns>The round trip of each answer, in milliseconds.</returns>
    public IReadOnlyList<double> Ping(string address, int count, double waitSeconds, double intervalSeconds = 0.05)
    {
        var (_, output) = Command.Try(
            "ip", "netns", "exec", Name, "ping", "-n", "-i", intervalSeconds.ToString(CultureInfo.InvariantCulture),
            "-c", count.ToString(CultureInfo.InvariantCulture), "-W", waitSeconds.ToString(CultureInfo.InvariantCulture), address);
        return
        [
            .. output.Split('\n')
                .Select(line => line.Split(" time="))
                .Where(parts => parts.Length == 2)
                .Select(parts => double.Parse(parts[1].Split(' ')[0], CultureInfo.InvariantCulture)),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => Command.Try("ip", "netns", "delete", Name);
}
