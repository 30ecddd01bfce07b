using System.Runtime.InteropServices;

namespace MacSegmentation.Workers;

/// <summary>sys/resource.h and sys/prctl.h, as far as a thread of Linux says with them how urgent it is.</summary>
internal static partial class NativeThread
{
    internal const int PRIO_PROCESS = 0;
    internal const int PR_SET_TIMERSLACK = 29;

    [LibraryImport("libc")]
    internal static partial int setpriority(int which, uint who, int nice);

    [LibraryImport("libc")]
    internal static partial int prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
