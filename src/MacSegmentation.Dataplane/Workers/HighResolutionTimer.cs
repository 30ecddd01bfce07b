using System.ComponentModel;
using System.Runtime.Versioning;

namespace MacSegmentation.Workers;

/// <summary>A timer of Windows that can be waited for like an event, to about half a millisecond where the system has such timers, else to its tick.</summary>
[SupportedOSPlatform("windows")]
internal sealed class HighResolutionTimer : WaitHandle
{
    private const long NanosecondsOfUnit = 100;

    /// <summary>Makes one that is not set.</summary>
    /// <exception cref="Win32Exception">The system gives none.</exception>
    public HighResolutionTimer()
    {
        var timer = NativeTimer.CreateWaitableTimerExW(0, 0, NativeTimer.CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, NativeTimer.TIMER_ALL_ACCESS);
        if (timer.IsInvalid)
        {
            // Before Windows 10 version 1803.
            timer.Dispose();
            timer = NativeTimer.CreateWaitableTimerExW(0, 0, flags: 0, NativeTimer.TIMER_ALL_ACCESS);
        }

        SafeWaitHandle = timer.IsInvalid ? throw new Win32Exception() : timer;
    }

    /// <summary>Has it end waits after a time, and not before.</summary>
    /// <param name="nanoseconds">The time, at least 0.</param>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public void Set(long nanoseconds)
    {
        // What is negative is from now on, in units of 100 ns.
        if (!NativeTimer.SetWaitableTimer(SafeWaitHandle, -((nanoseconds + NanosecondsOfUnit - 1) / NanosecondsOfUnit), period: 0, 0, 0, resume: false))
        {
            throw new Win32Exception();
        }
    }
}
