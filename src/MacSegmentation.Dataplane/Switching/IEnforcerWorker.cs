using MacSegmentation.Ports;

namespace MacSegmentation.Switching;

/// <summary>The work of one of an enforcer's threads: it reads one source.</summary>
internal interface IEnforcerWorker
{
    /// <summary>What the thread is called.</summary>
    string Name { get; }

    /// <summary>What it reads.</summary>
    IFrameSource Source { get; }

    /// <summary>What is to be closed when all workers have ended.</summary>
    IEnumerable<IDisposable> Ports { get; }

    /// <summary>No frame will be judged by older tables than those of this number.</summary>
    long EpochInUse { get; }

    /// <summary>Works until the source ends or <see cref="Stop"/> is called. Errors of the ports come out of here.</summary>
    void Run();

    /// <summary>Forwards no frame any more, and wakes the thread so that it ends; from any thread.</summary>
    void Stop();

    /// <summary>The frames that came from the source; from any thread.</summary>
    TrafficTally ReadTraffic();

    /// <summary>The hits counted at a place; from any thread.</summary>
    long ReadHits(int slot);
}
