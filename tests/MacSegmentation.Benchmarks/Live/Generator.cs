using System.Diagnostics;
using System.Runtime.InteropServices;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Benchmarks.Live;

/// <summary>Sends frames as fast as the first core can, or as often as asked, each on its own wire in turn, until it is disposed.</summary>
internal sealed partial class Generator : IDisposable
{
    private const int Burst = 16;
    private readonly (PacketSocketSink Sink, byte[] Frame)[] lanes;
    private readonly double framesPerSecond;
    private readonly Thread thread;
    private volatile bool isStopped;

    public Generator(params (NetworkNamespace Host, string InterfaceName, byte[] Frame)[] lanes)
        : this(double.PositiveInfinity, lanes)
    {
    }

    /// <param name="framesPerSecond">Of all wires together.</param>
    public Generator(double framesPerSecond, params (NetworkNamespace Host, string InterfaceName, byte[] Frame)[] lanes)
    {
        this.framesPerSecond = framesPerSecond;
        this.lanes = [.. lanes.Select(lane => (lane.Host.Run(() => new PacketSocketSink(lane.InterfaceName)), lane.Frame))];
        thread = new Thread(Send);
        thread.Start();
    }

    /// <summary>A frame of IEEE 802's local experimental EtherType 1: no host answers it.</summary>
    public static byte[] Experimental(MacAddress source, MacAddress destination, int length) =>
        new FrameBuilder(source, destination).Ethernet(0x88b5, new byte[length - FrameHeader.UntaggedLength]);

    public void Dispose()
    {
        isStopped = true;
        thread.Join();
        foreach (var (sink, _) in lanes)
        {
            sink.Dispose();
        }
    }

    private void Send()
    {
        ulong firstCore = 1;
        _ = Place(0, sizeof(ulong), ref firstCore);
        long started = Stopwatch.GetTimestamp();
        for (long sent = 0; !isStopped;)
        {
            // In bursts that are short beside any queue: asking the clock for each frame would cost as much as sending it.
            for (int i = 0; i < Burst; i++)
            {
                foreach (var (sink, frame) in lanes)
                {
                    sink.Send(new Frame(frame, frame.Length, 0));
                    sent++;
                }
            }

            if (double.IsFinite(framesPerSecond))
            {
                Flush();
            }

            while (Stopwatch.GetElapsedTime(started).TotalSeconds < sent / framesPerSecond && !isStopped)
            {
            }
        }

        Flush();
    }

    private void Flush()
    {
        foreach (var (sink, _) in lanes)
        {
            sink.Flush();
        }
    }

    /// <summary>sched.h: where a thread may run; 0 is the calling one.</summary>
    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int Place(int thread, nint size, ref ulong cores);
}
