using MacSegmentation.Ports;

namespace MacSegmentation.Workers;

/// <summary>Chooses who serves ports: on Linux one thread for all that poll(2) knows, else a thread for each.</summary>
internal static class WorkerFactory
{
    /// <summary>Makes who serves ports.</summary>
    /// <param name="name">What the thread for several is called.</param>
    /// <param name="ports">The ports.</param>
    public static IReadOnlyList<IWorker> MakeFor(string name, IReadOnlyList<IServedPort> ports) =>
        OperatingSystem.IsLinux() && ports.All(port => port.Source is IPolledSource)
            ? [new PollWorker(name, ports)]
            : [.. ports.Select(port => new PortWorker(port))];
}
