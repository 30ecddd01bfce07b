namespace MacSegmentation.Workers;

/// <summary>A thread for one port, where a source has to be waited for on its own: a capture, and every port on Windows.</summary>
internal sealed class PortWorker(IServedPort port) : IWorker
{
    private volatile bool isStopped;

    public string Name => port.Name;

    public void Run()
    {
        try
        {
            while (!isStopped && port.Serve(waits: true))
            {
                port.FlushBacklog();
            }
        }
        finally
        {
            port.End();
        }
    }

    public void Stop()
    {
        isStopped = true;
        port.Stop();
        port.Source.Interrupt();
    }
}
