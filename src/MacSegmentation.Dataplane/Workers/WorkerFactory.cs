using MacSegmentation.Ports;

namespace MacSegmentation.Workers;

/// <summary>Chooses who serves ports: on Linux one thread for all that poll(2) knows, else a thread for each, and one for their queues.</summary>
internal static class WorkerFactory
{
    /// <summary>Makes who serves ports.</summary>
    /// <param name="name">What the thread for several is called.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="isTimed">False if no time passes but by frames, as in a capture: nobody need wait for it.</param>
    public static IReadOnlyList<IWorker> MakeFor(string name, IReadOnlyList<IServedPort> ports, bool isTimed = true)
    {
        if (OperatingSystem.IsLinux() && ports.All(port => port.Source is IPolledSource))
        {
            return [new PollWorker(name, ports)];
        }

        var queues = isTimed && ports.Any(port => port.HasQueues) ? new QueueWorker($"{name} queues", ports) : null;
        return [.. ports.Select(port => new PortWorker(port, queues, isTimed)), .. queues is null ? Array.Empty<IWorker>() : [queues]];
    }
}
