namespace MacSegmentation.Workers;

/// <summary>Frames go first: a thread that forwards them is not kept waiting by those that compile tables, nor by what else the machine does at the ordinary priority.</summary>
internal static class WorkerPriority
{
    /// <summary>A nice value (setpriority(2)) that the scheduler answers with three times the share of an ordinary thread.</summary>
    private const int Nice = -5;

    /// <summary>Nanoseconds by which the system may prolong a rest; 50,000 for threads that do not say.</summary>
    private const nuint TimerSlack = 1_000;

    /// <summary>Raises the calling thread's priority, where the process has the right (CAP_SYS_NICE); where not, it stays what it was.</summary>
    public static void Raise()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = NativeThread.setpriority(NativeThread.PRIO_PROCESS, who: 0, Nice);
            _ = NativeThread.prctl(NativeThread.PR_SET_TIMERSLACK, TimerSlack, 0, 0, 0);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.AboveNormal;
        }
    }
}
