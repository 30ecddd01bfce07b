using MacSegmentation.PacketSockets;

namespace MacSegmentation.Workers;

/// <summary>
/// A wait until it is time, or until somebody rings. Precise to a fraction of a millisecond: on Linux by ppoll(2), on Windows by a timer of high resolution. The plain waits
/// of .NET are for whole milliseconds, and on Windows for ticks of up to 15.6 ms.
/// </summary>
internal sealed unsafe class DueWait : IDisposable
{
    private const long NanosecondsOfMillisecond = 1_000_000;
    private const long NanosecondsOfSecond = 1_000 * NanosecondsOfMillisecond;

    private readonly Bell? bell;
    private readonly AutoResetEvent? rung;
    private readonly HighResolutionTimer? timer;
    private readonly WaitHandle[] ends = [];

    /// <summary>Makes one.</summary>
    public DueWait()
    {
        if (OperatingSystem.IsLinux())
        {
            bell = new Bell();
            return;
        }

        rung = new AutoResetEvent(initialState: false);
        ends = [rung];
        if (OperatingSystem.IsWindows())
        {
            timer = new HighResolutionTimer();
            ends = [rung, timer];
        }
    }

    /// <summary>Ends the wait under way, or else the next one, from any thread.</summary>
    public void Ring()
    {
        bell?.Ring();
        rung?.Set();
    }

    /// <summary>Waits; by one thread at a time.</summary>
    /// <param name="nanoseconds">How long at most, at least 0.</param>
    public void Wait(long nanoseconds)
    {
        if (bell is not null)
        {
            var request = new NativeSocket.PollRequest { Descriptor = bell.Descriptor, Wanted = NativeSocket.PollIn };
            var timeout = new NativeSocket.TimeSpecification { Seconds = (nint)(nanoseconds / NanosecondsOfSecond), Nanoseconds = (nint)(nanoseconds % NanosecondsOfSecond) };
            _ = NativeSocket.PollPrecisely(&request, 1, &timeout, signals: 0);
            bell.Quieten();
        }
        else if (OperatingSystem.IsWindows() && nanoseconds > 0)
        {
            timer!.Set(nanoseconds);
            WaitHandle.WaitAny(ends);
        }
        else
        {
            // Rounded up: to wake a moment before it is time is to wake twice.
            rung!.WaitOne((int)((nanoseconds + NanosecondsOfMillisecond - 1) / NanosecondsOfMillisecond));
        }
    }

    public void Dispose()
    {
        bell?.Dispose();
        rung?.Dispose();
        timer?.Dispose();
    }
}
