using System.Diagnostics;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Benchmarks.Neighbors;

/// <summary>Sends a frame at a rate, in bursts of a millisecond's worth, until it is disposed.</summary>
internal sealed class PacedSender : IDisposable
{
    private readonly PacketSocketSink sink;
    private readonly byte[] frame;
    private readonly int framesPerSecond;
    private readonly Thread thread;
    private volatile bool isStopped;

    public PacedSender(NetworkNamespace host, string adapter, byte[] frame, int framesPerSecond)
    {
        sink = host.Run(() => new PacketSocketSink(adapter));
        this.frame = frame;
        this.framesPerSecond = framesPerSecond;
        thread = new Thread(Send);
        thread.Start();
    }

    public void Dispose()
    {
        isStopped = true;
        thread.Join();
        sink.Dispose();
    }

    private void Send()
    {
        long started = Stopwatch.GetTimestamp();
        long sent = 0;
        while (!isStopped)
        {
            long due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * framesPerSecond);

            // What could not be sent in time, as the machine was busy, is not made up for.
            sent = Math.Max(sent, due - (framesPerSecond / 100));
            for (; sent < due; sent++)
            {
                sink.Send(new Frame(frame, frame.Length, 0));
            }

            sink.Flush();
            Thread.Sleep(1);
        }
    }
}
