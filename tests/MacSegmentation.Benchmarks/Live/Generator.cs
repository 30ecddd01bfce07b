using System.Runtime.InteropServices;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Benchmarks.Live;

/// <summary>Sends one frame as fast as the first core can, from host A to host B, until it is disposed.</summary>
internal sealed partial class Generator : IDisposable
{
    private readonly PacketSocketSink sink;
    private readonly byte[] frame;
    private readonly Thread thread;
    private volatile bool isStopped;

    public Generator(NetworkNamespace host, string interfaceName, MacAddress source, MacAddress destination, int length)
    {
        frame = new byte[length];
        destination.CopyTo(frame);
        source.CopyTo(frame.AsSpan(6));

        // IEEE 802 local experimental EtherType 1: no host answers.
        frame[12] = 0x88;
        frame[13] = 0xb5;
        sink = host.Run(() => new PacketSocketSink(interfaceName));
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
        ulong firstCore = 1;
        _ = Place(0, sizeof(ulong), ref firstCore);
        while (!isStopped)
        {
            sink.Send(new Frame(frame, frame.Length, 0));
        }

        sink.Flush();
    }

    /// <summary>sched.h: where a thread may run; 0 is the calling one.</summary>
    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int Place(int thread, nint size, ref ulong cores);
}
