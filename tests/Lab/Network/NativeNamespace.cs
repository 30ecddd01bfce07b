using System.Runtime.InteropServices;

namespace MacSegmentation.Lab.Network;

/// <summary>sched.h and unistd.h: moving a thread, and only it, to another network namespace or user.</summary>
internal static partial class NativeNamespace
{
    internal const int NewNetwork = 0x40000000;
    internal const long SetResourceUser = 117;

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    internal static partial int Enter(nint descriptor, int kind);

    /// <summary>The system call itself: the C library's function would move all threads of the process.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial long Call(long number, long first, long second, long third);
}
