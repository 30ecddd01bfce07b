
namespace MacSegmentation.Pipeline;

/// <summary>
/// A stage of a frame's way: its name, the reasons that it gives, what it compiles of a configuration, and its judgement. The judgement is a method of each
/// stage's own, called directly and not through here: a frame meets no virtual call.
/// </summary>
/// <remarks>
/// A stage has what the active tables say, and what it has seen of frames. Both change by the thread that has the switch's turn only, so no judgement locks.
/// Tables change in two phases: <see cref="Prepare"/> compiles beside the frames and changes nothing; what it returns puts the result in force between two
/// frames, together with that of all other stages.
/// </remarks>
internal abstract class FrameStage : IPrepared
{
    /// <summary>What a trace calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Compiles a configuration, on a thread that no frame waits for.</summary>
    /// <param name="next">The configuration.</param>
    /// <returns>What puts it in force; null if nothing changes for this stage.</returns>
    public virtual Action? Prepare(EnforcerTables next) => null;

    /// <summary>Forgets what was learned of a port that nobody is behind any more.</summary>
    /// <param name="port">The port's index.</param>
    public virtual void Forget(int port)
    {
    }

    /// <summary>Forgets all that frames have shown; what the tables say stays.</summary>
    public virtual void Reset()
    {
    }

    /// <summary>Lets go of some of what has aged. Called once a batch.</summary>
    /// <param name="now">Nanoseconds since 1970.</param>
    public virtual void Sweep(long now)
    {
    }

    /// <summary>What a frame that passed has shown, as a sentence for a trace; null if that is nothing to tell of.</summary>
    public virtual string? DescribePassage(in FrameContext frame) => null;

    /// <summary>More about why it ended a frame's way: what failed, and what would have been right; null if the reason says it all.</summary>
    public virtual string? DescribeRefusal(in FrameContext frame) => null;
}
