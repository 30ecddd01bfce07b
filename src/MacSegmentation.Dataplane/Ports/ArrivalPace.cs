namespace MacSegmentation.Ports;

/// <summary>How fast frames come to a source.</summary>
internal enum ArrivalPace
{
    /// <summary>One by one: each is waited for, and served at once.</summary>
    Quiet,

    /// <summary>So fast that a short rest lets a batch gather, and so slowly that without it each batch is a few frames, which cost as many system calls as many would.</summary>
    Busy,

    /// <summary>In whole batches: the next one is there already.</summary>
    Full,
}
