namespace MacSegmentation.Services;

/// <summary>The states of a service, by the numbers of winsvc.h.</summary>
internal enum ServiceState
{
    /// <summary>It does not run.</summary>
    Stopped = 1,

    /// <summary>It begins.</summary>
    StartPending = 2,

    /// <summary>It ends.</summary>
    StopPending = 3,

    /// <summary>It runs.</summary>
    Running = 4,
}
