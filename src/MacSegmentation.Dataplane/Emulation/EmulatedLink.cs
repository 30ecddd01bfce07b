using MacSegmentation.Queues;

namespace MacSegmentation.Emulation;

/// <summary>One direction of a port with a vNIC profile: the queue where its frames wait, and what says how long. It outlives a change of the profile.</summary>
internal sealed class EmulatedLink
{
    /// <summary>Frames that wait at a port's one direction at most, those on their way included: what a gigabit of frames of 200 octets has in 400 ms.</summary>
    public const int MaxFrames = 262_144;

    /// <summary>Octets of the same: what a gigabit has in half a second.</summary>
    public const int MaxOctets = 64 << 20;

    private readonly QueueClock clock;

    /// <summary>Creates one that changes nothing yet.</summary>
    /// <param name="seed">What its draws follow from.</param>
    /// <param name="clock">What it goes by.</param>
    /// <param name="buffers">Memory for frames that wait.</param>
    public EmulatedLink(ulong seed, QueueClock clock, FrameBuffers buffers)
    {
        this.clock = clock;
        Emulator = new LinkEmulator(seed);
        Queue = new FrameQueue(Emulator, MaxFrames, MaxOctets, buffers, EmulationReasons.EmulationFull);
    }

    /// <summary>What says when a frame leaves, and whether.</summary>
    public LinkEmulator Emulator { get; }

    /// <summary>Where frames wait.</summary>
    public FrameQueue Queue { get; }

    /// <summary>True if it does nothing any more, and all that it did has been counted.</summary>
    public bool IsIdle => Emulator.IsIdle && Queue.IsSettled;

    /// <summary>What it did, and what it does now. The caller has the switch's turn.</summary>
    public LinkStatistics Describe() => LinkStatistics.Of(this, clock.Now);
}
