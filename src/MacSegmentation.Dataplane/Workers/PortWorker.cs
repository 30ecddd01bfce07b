namespace MacSegmentation.Workers;

/// <summary>A thread for one port, where a source has to be waited for on its own: a capture, and every port on Windows.</summary>
/// <param name="port">The port.</param>
/// <param name="queues">Who serves the queues meanwhile; null if there are none, or no time passes while this one waits.</param>
/// <param name="isTimed">False if nobody waits for the frames, as in a capture.</param>
internal sealed class PortWorker(IServedPort port, QueueWorker? queues = null, bool isTimed = true) : IWorker
{
    private volatile bool isStopped;

    public string Name => port.Name;

    public void Run()
    {
        if (isTimed)
        {
            WorkerPriority.Raise();
        }

        try
        {
            while (!isStopped && port.Serve(waits: true))
            {
                port.ServeQueues();
                queues?.Wake();
            }
        }
        finally
        {
            port.End();
            queues?.NoteEnd();
        }
    }

    public void Stop()
    {
        isStopped = true;
        port.Stop();
        port.Source.Interrupt();
    }
}
