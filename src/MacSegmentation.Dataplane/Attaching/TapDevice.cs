using System.Runtime.InteropServices;
using System.Text;
using MacSegmentation.Adapters;
using MacSegmentation.Frames;
using MacSegmentation.PacketSockets;
using MacSegmentation.Ports;

namespace MacSegmentation.Attaching;

/// <summary>
/// A TAP device (Documentation/networking/tuntap of the kernel): what is sent on its adapter is read here, and what is written here arrives there. It is not persistent: the adapter goes with
/// the descriptor, and that with the process, however it ends.
/// </summary>
/// <remarks>
/// The kernel hands over whole frames with their checksums, because nothing else was agreed upon. A frame is a system call; a veth pair, which is read and sent on in batches, carries more.
/// </remarks>
internal sealed unsafe class TapDevice : IPolledSource, IPolledSink
{
    private const string ControlFile = "/dev/net/tun";
    private const int BatchLimit = 64;
    private const int LongestFrame = 65535 + 18;

    private readonly SocketHandle device;
    private readonly TimeProvider clock;
    private readonly byte[] buffer = new byte[LongestFrame];
    private int last;

    private TapDevice(SocketHandle device, string name, TimeProvider clock)
    {
        this.device = device;
        this.clock = clock;
        Name = name;
    }

    /// <inheritdoc cref="IFrameSource.Name"/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Descriptor => device.IsClosed ? -1 : device.Descriptor;

    /// <inheritdoc/>
    public ArrivalPace Pace => last == BatchLimit ? ArrivalPace.Full : ArrivalPace.Quiet;

    /// <inheritdoc/>
    public int BlockedDescriptor => -1;

    /// <summary>Makes a device, in the calling thread's network namespace.</summary>
    /// <param name="name">Its adapter.</param>
    /// <param name="clock">What tells when a frame arrived.</param>
    /// <exception cref="LinkException">EBUSY or EINVAL: the name is taken; EPERM; ENOENT: the host has no such devices.</exception>
    public static TapDevice Make(string name, TimeProvider clock)
    {
        var device = new SocketHandle(NativeRoute.Open(ControlFile, NativeRoute.O_RDWR | NativeRoute.O_NONBLOCK | NativeRoute.O_CLOEXEC));
        try
        {
            var request = new NativeAdapter.Request { Flags = NativeRoute.IFF_TAP | NativeRoute.IFF_NO_PI | NativeRoute.IFF_TUN_EXCL };
            Encoding.UTF8.GetBytes(name, new Span<byte>(request.Name, NativeAdapter.NameSize - 1));
            if (device.IsInvalid || NativeAdapter.Control(device.Descriptor, NativeRoute.TUNSETIFF, &request) < 0)
            {
                throw new LinkException(Marshal.GetLastPInvokeError());
            }

            return new TapDevice(device, name, clock);
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SourceState Poll(IFrameHandler handler)
    {
        long now = FrameTime.Now(clock);
        fixed (byte* start = buffer)
        {
            for (last = 0; last < BatchLimit; last++)
            {
                nint length = NativeSocket.Read(device, start, (nuint)buffer.Length);
                if (length <= 0)
                {
                    break;
                }

                handler.Handle(new Frame(new ReadOnlySpan<byte>(start, (int)length), (int)length, now));
            }
        }

        return SourceState.Open;
    }

    /// <inheritdoc/>
    public SourceState Receive(IFrameHandler handler) => Poll(handler);

    /// <summary>While the instance has its adapter down nothing is taken.</summary>
    public bool Send(in Frame frame)
    {
        fixed (byte* start = frame.Bytes)
        {
            return NativeSocket.Write(device, start, (nuint)frame.Bytes.Length) == frame.Bytes.Length;
        }
    }

    /// <inheritdoc/>
    public int Flush() => 0;

    /// <inheritdoc/>
    public void Interrupt()
    {
    }

    /// <summary>What does not fit into its queue the adapter counts as dropped by the sender.</summary>
    public long ReadLostFrames() => 0;

    /// <inheritdoc/>
    public void Dispose() => device.Dispose();
}
