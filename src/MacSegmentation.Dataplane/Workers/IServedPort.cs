using MacSegmentation.Counting;
using MacSegmentation.Ports;

namespace MacSegmentation.Workers;

/// <summary>A port as a worker serves it: batch by batch, and no batch is longer than its source's bound.</summary>
internal interface IServedPort
{
    /// <summary>What the port is called.</summary>
    string Name { get; }

    /// <summary>What is read.</summary>
    IFrameSource Source { get; }

    /// <summary>Where what is read may leave.</summary>
    IReadOnlyList<IFrameSink> Sinks { get; }

    /// <summary>What is to be closed when all workers have ended.</summary>
    IEnumerable<IDisposable> Closed { get; }

    /// <summary>Takes in one batch and sees it off. Errors of the ports come out of here.</summary>
    /// <param name="waits">True to wait a short while for the first frame.</param>
    /// <returns>False if no frame will come any more.</returns>
    bool Serve(bool waits);

    /// <summary>True if frames may wait in queues of the port for their time.</summary>
    bool HasQueues { get; }

    /// <summary>Nanoseconds until a frame that waits is due, 0 if one is, <see cref="long.MaxValue"/> if none waits; from any thread.</summary>
    long Delay { get; }

    /// <summary>Has those frames go on that are due, and sends what waits for the links, as far as they take it; from any thread.</summary>
    void ServeQueues();

    /// <summary>Forwards no frame any more; from any thread.</summary>
    void Stop();

    /// <summary>Tells what has still to be told, when no frame comes any more.</summary>
    void End();

    /// <summary>The frames that came from the source; from any thread.</summary>
    TrafficTally ReadTraffic();
}
