namespace MacSegmentation.Offloads;

/// <summary>What an offload does to the frames that reach a port.</summary>
public enum OffloadEffect
{
    /// <summary>Several frames of a stream are handed over as one, which is longer than the adapter can send.</summary>
    MergesFrames,

    /// <summary>The sender leaves checksums or the cutting into segments to hardware that is not there.</summary>
    LeavesFramesUnfinished,

    /// <summary>The sender is in another network namespace, and its offloads cannot be asked for.</summary>
    OutOfSight,
}
