using MacSegmentation.Forwarding;
using MacSegmentation.FrameSizes;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch;

/// <summary>What became of the copies of one frame.</summary>
internal struct Delivery
{
    private int sent;
    private int notSent;
    private VerdictReason notSentReason;

    /// <summary>Why the last copy was refused that was, if <see cref="RefusedBy"/> did.</summary>
    public Verdict Refusal;

    /// <summary>The stage that refused the last copy that was, or null.</summary>
    public FrameStage? RefusedBy;

    /// <summary>True if a port cannot send so long a frame.</summary>
    public bool IsTooBig;

    /// <summary>True if a port would have uncovered a tag.</summary>
    public bool IsInnerTagKept;

    /// <summary>Takes in whether a port took its copy.</summary>
    public void Note(bool isTaken, SwitchPort to)
    {
        if (isTaken)
        {
            sent++;
        }
        else
        {
            notSent++;
            notSentReason = SendStage.ReasonOf(to);
        }
    }

    /// <summary>True if a port took its copy.</summary>
    public readonly bool IsSent => sent > 0;

    /// <summary>What it makes of a frame that was allowed that no port took a copy.</summary>
    public readonly bool Conclude<TTrace>(ref FrameContext frame, LookupStage lookup, SendStage send, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (RefusedBy is { } stage)
        {
            return frame.End(stage, Refusal);
        }

        if (IsTooBig)
        {
            return frame.Drop(send, TooBigResponder.TooBig);
        }

        if (notSent > 0)
        {
            return frame.Drop(send, notSentReason);
        }

        if (IsInnerTagKept)
        {
            return frame.Drop(send, SendStage.InnerTag);
        }

        frame.To = null;
        _ = frame.Drop(lookup, LookupStage.NoDestination);
        if (TTrace.IsOn)
        {
            trace.Note(lookup, goesOn: false, frame);
        }

        return false;
    }
}
