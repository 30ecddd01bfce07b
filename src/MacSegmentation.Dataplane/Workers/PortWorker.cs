namespace MacSegmentation.Workers;

/// <summary>A thread for one port, where a source has to be waited for on its own: a capture, and every port on Windows.</summary>
/// <param name="port">The port.</param>
/// <param name="queues">Who serves the queues meanwhile; null if there are none, or no time passes while this one waits.</param>
internal sealed class PortWorker(IServedPort port, QueueWorker? queues = null) : IWorker
{
    private volatile bool isStopped;

    public string Name => port.Name;

    public void Run()
    {
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
