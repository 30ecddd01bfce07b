using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MacSegmentation.Workers;

/// <summary>synchapi.h, as far as waitable timers of Windows are concerned.</summary>
[SupportedOSPlatform("windows")]
internal static partial class NativeTimer
{
    /// <summary>Since Windows 10 version 1803: not bound to the system's tick of up to 15.6 ms.</summary>
    internal const uint CREATE_WAITABLE_TIMER_HIGH_RESOLUTION = 2;
    internal const uint TIMER_ALL_ACCESS = 0x1F_0003;

    [LibraryImport("kernel32.dll", SetLastError = true)]
    internal static partial SafeWaitHandle CreateWaitableTimerExW(nint attributes, nint name, uint flags, uint access);

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool SetWaitableTimer(SafeWaitHandle timer, in long dueTime, int period, nint completion, nint argument, [MarshalAs(UnmanagedType.Bool)] bool resume);
}
