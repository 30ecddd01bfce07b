using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Marking;
using MacSegmentation.Queues;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Emulation;

/// <summary>All that bands share: what is known of the frames that wait, and what may be done with one.</summary>
internal sealed class WaitingFrames
{
    /// <summary>By slot.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "It is filled in place.")]
    public WaitingFrame[] All = new WaitingFrame[64];

    private FrameQueue? queue;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Their octets.</summary>
    public long Octets { get; private set; }

    /// <summary>True if what can take a mark is marked in place of being given up.</summary>
    public bool MarksCongestion { get; set; }

    public void Join(FrameQueue joined) => queue = joined;

    /// <summary>Notes a frame that begins to wait.</summary>
    public ref WaitingFrame Enter(int slot)
    {
        if (slot >= All.Length)
        {
            Array.Resize(ref All, Math.Max(slot + 1, All.Length * 2));
        }

        return ref All[slot];
    }

    public void NoteEntered(int slot)
    {
        Count++;
        Octets += All[slot].Length;
    }

    /// <summary>Notes a frame that waits no longer.</summary>
    public void NoteLeft(int slot)
    {
        Count--;
        Octets -= All[slot].Length;
    }

    public void Clear()
    {
        Count = 0;
        Octets = 0;
    }

    public ReadOnlySpan<byte> BytesOf(int slot) => queue!.BytesOf(slot);

    /// <summary>Marks a frame, if that is asked for and it can take a mark.</summary>
    public bool TryMark(int slot)
    {
        if (!MarksCongestion || !CongestionMark.TrySet(queue!.BytesOf(slot)))
        {
            return false;
        }

        queue.Meter.Marked++;
        return true;
    }

    /// <summary>Gives up a frame that has been taken out of its list.</summary>
    public void GiveUp(int slot, VerdictReason reason)
    {
        NoteLeft(slot);
        queue!.GiveUp(slot, reason);
    }
}
