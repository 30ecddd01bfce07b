using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.Adapters;
using MacSegmentation.PacketSockets;
using MacSegmentation.Ports;

namespace MacSegmentation.Pcap;

/// <summary>Frames that arrive on an adapter, read where pcap's ring holds them.</summary>
/// <remarks>
/// A batch is what lies in the ring when the reader looks, up to 64 frames: one frame at low load, which is why latency
/// stays that of a wake-up, and many at high load, which is what makes sending in batches pay. Wine's library waits until a batch is
/// full, so a batch is one frame there.
/// </remarks>
internal sealed unsafe class PcapFrameSource : IPolledSource
{
    /// <summary>Room beyond the MTU for the header and its tags. A longer frame was merged by an offload and cannot be sent.</summary>
    private const int HeaderAllowance = 64;

    /// <summary>Where an adapter does not say how long its frames are.</summary>
    private const int AnyLength = 65535;

    private const int LookEveryMilliseconds = 100;

    private readonly int batchLimit = PcapLibrary.Implementation == PcapImplementation.Wine ? 1 : 64;
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim interrupted = new();
    private readonly ArrivalWait? arrivals = OperatingSystem.IsLinux() ? new ArrivalWait() : null;
    private readonly string device;
    private readonly int ringSize;
    private readonly AdapterLock? taken;
    private readonly IDisposable? heldWhileOpen;
    private GCHandle<PcapFrameSource> self;
    private PcapHandle? handle;
    private LinuxAdapter linux;
    private int descriptor;
    private int index;
    private int snapLength;
    private long fractionUnit;
    private long nextLook;
    private bool isUp;
    private bool disposed;
    private IFrameHandler? handler;
    private ExceptionDispatchInfo? failure;
    private ArrivalPaceMeter paceMeter;
    private WrappingCount lost;

    /// <summary>Opens the adapter if it is up; if it is down, the first call of <see cref="Receive(IFrameHandler)"/> that finds it up does.</summary>
    /// <param name="device">What pcap calls the adapter.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="ringSize">Octets of memory for frames that wait to be read.</param>
    /// <param name="taken">The adapter as an enforcer's, given back after the source; null for one who only listens.</param>
    /// <param name="heldWhileOpen">What is disposed of after the source: the offloads that are off for its sake.</param>
    internal PcapFrameSource(string device, string name, int ringSize, AdapterLock? taken = null, IDisposable? heldWhileOpen = null)
    {
        this.device = device;
        Name = name;
        this.ringSize = ringSize;
        this.taken = taken;
        this.heldWhileOpen = heldWhileOpen;
        _ = TryOpen();
        self = new GCHandle<PcapFrameSource>(this);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The handle in use, for a sink that sends through it; null while the adapter is down.</summary>
    internal PcapHandle? Handle => Volatile.Read(ref handle);

    /// <inheritdoc/>
    public int Descriptor => handle is null ? -1 : descriptor;

    /// <inheritdoc/>
    public ArrivalPace Pace => paceMeter.Pace;

    /// <inheritdoc/>
    public SourceState Poll(IFrameHandler handler) => Receive(handler, waits: false);

    /// <inheritdoc/>
    public SourceState Receive(IFrameHandler handler) => Receive(handler, waits: true);

    private SourceState Receive(IFrameHandler handler, bool waits)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (interrupted.IsSet)
        {
            return isUp ? SourceState.Open : SourceState.Down;
        }

        if (handle is not { } open)
        {
            if (!TryReopen())
            {
                if (waits)
                {
                    interrupted.Wait(LookEveryMilliseconds);
                }

                return SourceState.Down;
            }

            open = handle!;
        }

        if (waits && Pace == ArrivalPace.Quiet)
        {
            arrivals?.Wait(NativePcap.pcap_fileno(open), PcapOpener.WaitMilliseconds);
        }

        this.handler = handler;
        int outcome = NativePcap.pcap_dispatch(open, batchLimit, OperatingSystem.IsWindows() ? &TakeOnWindows : &TakeOnUnix, GCHandle<PcapFrameSource>.ToIntPtr(self));
        paceMeter.Note(outcome);
        if (failure is { } thrown)
        {
            failure = null;
            thrown.Throw();
        }

        if (outcome < 0 && outcome != NativePcap.PCAP_ERROR_BREAK)
        {
            Close();
            return SourceState.Down;
        }

        return LookAround();
    }

    /// <inheritdoc/>
    public void Interrupt()
    {
        lock (gate)
        {
            // Who stops an enforcer may come just after its own end has closed the source.
            if (disposed)
            {
                return;
            }

            interrupted.Set();
            arrivals?.Ring();
            if (handle is { } open)
            {
                NativePcap.pcap_breakloop(open);
            }
        }
    }

    /// <inheritdoc/>
    public long ReadLostFrames()
    {
        lock (gate)
        {
            ReadLosses();
            return lost.Total;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
        }

        Close();
        self.Dispose();
        interrupted.Dispose();
        arrivals?.Dispose();
        heldWhileOpen?.Dispose();
        taken?.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void TakeOnUnix(nint user, void* header, byte* bytes)
    {
        var arrived = (NativePcap.UnixFrameHeader*)header;
        GCHandle<PcapFrameSource>.FromIntPtr(user).Target.Take(
            bytes, arrived->CapturedLength, arrived->Length, arrived->Seconds, arrived->Fraction);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void TakeOnWindows(nint user, void* header, byte* bytes)
    {
        var arrived = (NativePcap.WindowsFrameHeader*)header;
        GCHandle<PcapFrameSource>.FromIntPtr(user).Target.Take(
            bytes, arrived->CapturedLength, arrived->Length, arrived->Seconds, arrived->Fraction);
    }

    /// <summary>No exception may pass through the library's frames: it waits here until the library has returned.</summary>
    private void Take(byte* bytes, uint captured, uint length, long seconds, long fraction)
    {
        if (failure is not null)
        {
            return;
        }

        try
        {
            var frame = new Frame(
                new ReadOnlySpan<byte>(bytes, (int)captured), (int)length, (seconds * 1_000_000_000) + (fraction * fractionUnit));
            handler!.Handle(in frame);
        }
        catch (Exception thrown)
        {
            failure = ExceptionDispatchInfo.Capture(thrown);
            NativePcap.pcap_breakloop(handle!);
        }
    }

    /// <summary>
    /// A reader may wait forever on an adapter that was made anew under the same name, or cut frames of one whose MTU was raised, and
    /// a quiet adapter that is down, or whose link is, looks like one that is up: so, every now and then, ask.
    /// </summary>
    private SourceState LookAround()
    {
        long now = Environment.TickCount64;
        if (OperatingSystem.IsLinux() && now >= nextLook)
        {
            nextLook = now + LookEveryMilliseconds;
            isUp = linux.IsRunning;
            if (isUp && (linux.Index != index || linux.Mtu + HeaderAllowance > snapLength))
            {
                Close();
                isUp = TryReopen();
            }
        }

        return isUp ? SourceState.Open : SourceState.Down;
    }

    /// <summary>While an adapter comes and goes, opening it fails in ways that only the system knows: all that may pass is waited for.</summary>
    private bool TryReopen()
    {
        try
        {
            return TryOpen();
        }
        catch (MacSegmentationException error) when (error.Kind == MacErrorKind.Unavailable)
        {
            return false;
        }
    }

    private bool TryOpen()
    {
        int mtu = MtuNow();
        int wanted = mtu > 0 ? mtu + HeaderAllowance : AnyLength;
        if (PcapOpener.TryOpen(device, Name, wanted, ringSize) is not { } opened)
        {
            return false;
        }

        fractionUnit = opened.FractionUnit;
        snapLength = wanted;
        if (OperatingSystem.IsLinux())
        {
            descriptor = NativePcap.pcap_fileno(opened);
            linux = new LinuxAdapter(descriptor, Name);
            index = linux.Index;
            isUp = linux.IsRunning;
            if (taken?.TryFollow(index) == false)
            {
                opened.Dispose();
                return false;
            }
        }
        else
        {
            isUp = true;
        }

        lock (gate)
        {
            lost.BeginAnew();
            handle = opened;
        }

        return true;
    }

    private int MtuNow()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        using var socket = SocketHandle.ForQuestions();
        return new LinuxAdapter(socket.Descriptor, device).Mtu;
    }

    private void Close()
    {
        PcapHandle? open;
        lock (gate)
        {
            ReadLosses();
            open = handle;
            handle = null;
            isUp = false;
            paceMeter = default;
        }

        open?.Dispose();
    }

    private void ReadLosses()
    {
        NativePcap.CaptureStatistics statistics;
        if (handle is { } open && NativePcap.pcap_stats(open, &statistics) >= 0)
        {
            lost.Read(statistics.Dropped);
        }
    }
}
